/*
 * maps12 - a program of 1992 prints its own /proc/self/maps: 64 MB, and no more.
 */
#include "v012.h"

int main(int argc, char **argv, char **envp)
{
	char buf[1024];
	long fd, n;
	int here;

	(void)argc, (void)envp;
	say("%s: code at %p, stack at %p, arguments at %p\n", argv[0], (void *)main,
	    (void *)&here, (void *)argv[0]);
	fd = syscall(NR_open, "/proc/self/maps", 0, 0);
	if (fd < 0)
		return 1;
	while ((n = syscall(NR_read, fd, buf, sizeof(buf))) > 0)
		syscall(NR_write, 1, buf, n);
	return 0;
}
