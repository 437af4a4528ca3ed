/*
 * chmod OCTAL NAME...
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long err;

	for (i = 2; i < argc; i++) {
		err = chmod(argv[i], number(argv[1], 8));
		if (err < 0)
			status = complain("chmod", argv[i], err);
	}
	return status;
}
