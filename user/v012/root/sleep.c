/*
 * sleep SECONDS
 */
#include "../unix.h"

static void wake(int sig UNUSED)
{
}

int main(int argc, char **argv, char **envp UNUSED)
{
	long seconds = argc > 1 ? number(argv[1], 10) : 1;

	if (seconds <= 0)
		return 0;
	signal(14, wake);
	syscall(NR_alarm, seconds);
	syscall(NR_pause);
	return 0;
}
