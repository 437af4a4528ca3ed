/*
 * ln [-s] FROM TO
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int soft = argc > 1 && !strcmp(argv[1], "-s");
	long err;

	if (argc != 3 + soft)
		return complain("ln", "[-s] FROM TO", -EINVAL);
	err = soft ? symlink(argv[2], argv[3]) : link(argv[1], argv[2]);
	return err < 0 ? complain("ln", argv[2 + soft], err) : 0;
}
