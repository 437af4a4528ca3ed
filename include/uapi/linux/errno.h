/*
 * Error numbers, as every system call returns them (negated) and as programs
 * see them in `errno`. The first 34 are those of 0.12; the values are the same
 * on i386 and ARM.
 */
#ifndef _UAPI_LINUX_ERRNO_H
#define _UAPI_LINUX_ERRNO_H

#define EPERM		 1	/* operation not permitted */
#define ENOENT		 2	/* no such file or directory */
#define ESRCH		 3	/* no such process */
#define EINTR		 4	/* interrupted system call */
#define EIO		 5	/* input/output error */
#define ENXIO		 6	/* no such device or address */
#define E2BIG		 7	/* argument list too long */
#define ENOEXEC		 8	/* exec format error */
#define EBADF		 9	/* bad file descriptor */
#define ECHILD		10	/* no child processes */
#define EAGAIN		11	/* try again */
#define EWOULDBLOCK	EAGAIN
#define ENOMEM		12	/* out of memory */
#define EACCES		13	/* permission denied */
#define EFAULT		14	/* bad address */
#define ENOTBLK		15	/* block device required */
#define EBUSY		16	/* device or resource busy */
#define EEXIST		17	/* file exists */
#define EXDEV		18	/* cross-device link */
#define ENODEV		19	/* no such device */
#define ENOTDIR		20	/* not a directory */
#define EISDIR		21	/* is a directory */
#define EINVAL		22	/* invalid argument */
#define ENFILE		23	/* file table overflow */
#define EMFILE		24	/* too many open files */
#define ENOTTY		25	/* not a terminal */
#define ETXTBSY		26	/* text file busy */
#define EFBIG		27	/* file too large */
#define ENOSPC		28	/* no space left on device */
#define ESPIPE		29	/* illegal seek */
#define EROFS		30	/* read-only file system */
#define EMLINK		31	/* too many links */
#define EPIPE		32	/* broken pipe */
#define EDOM		33	/* argument out of domain */
#define ERANGE		34	/* result not representable */
#define EDEADLK		35	/* resource deadlock would occur */
#define ENAMETOOLONG	36	/* file name too long */
#define ENOLCK		37	/* no record locks available */
#define ENOSYS		38	/* no such system call */
#define ENOTEMPTY	39	/* directory not empty */
#define ELOOP		40	/* too many symbolic links */
#define ENOMSG		42	/* no message of desired type */
#define EIDRM		43	/* identifier removed */
#define ENODATA		61	/* no data available */
#define ETIME		62	/* timer expired */
#define EOVERFLOW	75	/* value too large for data type */
#define EILSEQ		84	/* illegal byte sequence */
#define EUSERS		87	/* too many users */
#define ENOTSOCK	88	/* socket operation on non-socket */
#define EOPNOTSUPP	95	/* operation not supported */
#define EAFNOSUPPORT	97	/* address family not supported */
#define ETIMEDOUT	110	/* timed out */
#define EALREADY	114	/* already in progress */
#define EINPROGRESS	115	/* now in progress */
#define ECANCELED	125	/* operation cancelled */
#define EOWNERDEAD	130	/* owner died */
#define ENOTRECOVERABLE	131	/* state not recoverable */

#endif
