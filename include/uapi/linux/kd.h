/*
 * ioctls of the keyboard and the display: what they exchange.
 */
#ifndef _UAPI_LINUX_KD_H
#define _UAPI_LINUX_KD_H

/* KDGETMODE, KDSETMODE: who draws on the screen */
#define KD_TEXT		0	/* the kernel */
#define KD_GRAPHICS	1	/* the program */

/* KDGKBTYPE */
#define KB_84		1
#define KB_101		2

/* KDGKBMODE, KDSKBMODE: what a read from the console gives */
#define K_RAW		0	/* scancodes as the keyboard sends them */
#define K_XLATE		1	/* characters */
#define K_MEDIUMRAW	2	/* key numbers (not offered) */
#define K_UNICODE	3	/* characters in UTF-8 */

/* KDGETLED, KDSETLED */
#define LED_SCR		1
#define LED_NUM		2
#define LED_CAP		4

#endif
