/*
 * exec12 PROGRAM [ARGUMENT...] - a program of 1992 becomes another; or ends with the number of the
 * error that it met.
 */
#include "v012.h"

int main(int argc, char **argv, char **envp)
{
	return argc < 2 ? 99 : -syscall(NR_execve, argv[1], argv + 1, envp);
}
