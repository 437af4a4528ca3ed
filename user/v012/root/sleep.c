/*
 * sleep SECONDS
 */
#include "../unix.h"

static void wake(int sig UNUSED)
{
}

int main(int argc, char **argv, char **envp UNUSED)
{
	signal(14, wake);
	syscall(NR_alarm, argc > 1 ? number(argv[1], 10) : 1);
	syscall(NR_pause);
	return 0;
}
