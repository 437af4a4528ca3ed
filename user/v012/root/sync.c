/*
 * sync
 */
#include "../unix.h"

int main(int argc UNUSED, char **argv UNUSED, char **envp UNUSED)
{
	sync();
	return 0;
}
