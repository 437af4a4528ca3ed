/*
 * lib/termios.c - terminal settings, which are all ioctls.
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int tcgetattr(int fd, struct termios *t)
{
	return ioctl(fd, TCGETS, t);
}

int tcsetattr(int fd, int when, const struct termios *t)
{
	return ioctl(fd, TCSETS + when, t);
}

int tcsendbreak(int fd, int duration)
{
	(void)duration;			/* 0.25 s, whatever is asked */
	return ioctl(fd, TCSBRK, 0);
}

/* A non-zero argument makes TCSBRK only wait for the output. */
int tcdrain(int fd)
{
	return ioctl(fd, TCSBRK, 1);
}

int tcflush(int fd, int queue)
{
	return ioctl(fd, TCFLSH, queue);
}

int tcflow(int fd, int action)
{
	return ioctl(fd, TCXONC, action);
}

pid_t tcgetsid(int fd)
{
	pid_t sid;

	return ioctl(fd, TIOCGSID, &sid) ? -1 : sid;
}

pid_t tcgetpgrp(int fd)
{
	pid_t pgrp;

	return ioctl(fd, TIOCGPGRP, &pgrp) ? -1 : pgrp;
}

int tcsetpgrp(int fd, pid_t pgrp)
{
	return ioctl(fd, TIOCSPGRP, &pgrp);
}

int isatty(int fd)
{
	struct termios t;

	return tcgetattr(fd, &t) == 0;
}
