/*
 * uname - system, version and machine.
 */
#include "../unix.h"

int main(int argc UNUSED, char **argv UNUSED, char **envp UNUSED)
{
	char name[5][9];

	uname(name[0]);
	say("%s %s %s\n", name[0], name[3], name[4]);
	return 0;
}
