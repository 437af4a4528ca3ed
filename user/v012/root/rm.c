/*
 * rm NAME... - files.
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long err;

	for (i = 1; i < argc; i++) {
		err = unlink(argv[i]);
		if (err < 0)
			status = complain("rm", argv[i], err);
	}
	return status;
}
