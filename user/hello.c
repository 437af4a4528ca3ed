/*
 * hello.c - the smallest of our programs: says hello and tells how it was started.
 */
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct utsname u;

	if (uname(&u)) {
		perror("uname");
		return 1;
	}
	printf("Hello from process %d on %s %s (%s).\n", getpid(), u.sysname, u.release, u.machine);
	for (int i = 0; i < argc; i++)
		printf("argv[%d] = \"%s\"\n", i, argv[i]);
	return 0;
}
