/*
 * mkdir NAME...
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long err;

	for (i = 1; i < argc; i++) {
		err = mkdir(argv[i], 0777);
		if (err < 0)
			status = complain("mkdir", argv[i], err);
	}
	return status;
}
