/*
 * ioctl numbers of terminals, files and disks. The same on i386 and ARM.
 */
#ifndef _UAPI_LINUX_IOCTLS_H
#define _UAPI_LINUX_IOCTLS_H

#define TCGETS		0x5401
#define TCSETS		0x5402
#define TCSETSW		0x5403
#define TCSETSF		0x5404
#define TCGETA		0x5405
#define TCSETA		0x5406
#define TCSETAW		0x5407
#define TCSETAF		0x5408
#define TCSBRK		0x5409
#define TCXONC		0x540A
#define TCFLSH		0x540B
#define TIOCEXCL	0x540C
#define TIOCNXCL	0x540D
#define TIOCSCTTY	0x540E
#define TIOCGPGRP	0x540F
#define TIOCSPGRP	0x5410
#define TIOCOUTQ	0x5411
#define TIOCSTI		0x5412
#define TIOCGWINSZ	0x5413
#define TIOCSWINSZ	0x5414
#define TIOCMGET	0x5415
#define TIOCMBIS	0x5416
#define TIOCMBIC	0x5417
#define TIOCMSET	0x5418
#define FIONREAD	0x541B
#define TIOCINQ		FIONREAD
#define TIOCCONS	0x541D
#define FIONBIO		0x5421
#define TIOCNOTTY	0x5422
#define TIOCSETD	0x5423
#define TIOCGETD	0x5424
#define TCSBRKP		0x5425
#define TIOCGSID	0x5429
#define TIOCGPTN	0x80045430
#define TIOCSPTLCK	0x40045431
#define FIONCLEX	0x5450
#define FIOCLEX		0x5451
#define FIOASYNC	0x5452

#define BLKROSET	0x125D
#define BLKROGET	0x125E
#define BLKRRPART	0x125F
#define BLKGETSIZE	0x1260		/* unsigned long, sectors of 512 bytes */
#define BLKFLSBUF	0x1261
#define BLKSSZGET	0x1268
#define BLKGETSIZE64	0x80041272	/* 64-bit, bytes */
#define HDIO_GETGEO	0x0301

#define KDGETMODE	0x4B3B
#define KDSETMODE	0x4B3A
#define KDGKBTYPE	0x4B33
#define KDGKBMODE	0x4B44
#define KDSKBMODE	0x4B45
#define VT_OPENQRY	0x5600
#define VT_GETMODE	0x5601
#define VT_SETMODE	0x5602
#define VT_GETSTATE	0x5603
#define VT_ACTIVATE	0x5606
#define VT_WAITACTIVE	0x5607

#endif
