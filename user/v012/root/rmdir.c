/*
 * rmdir NAME...
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long err;

	for (i = 1; i < argc; i++) {
		err = rmdir(argv[i]);
		if (err < 0)
			status = complain("rmdir", argv[i], err);
	}
	return status;
}
