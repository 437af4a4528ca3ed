/*
 * mknod NAME b|c MAJOR MINOR
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	int type = argc == 5 && argv[2][0] == 'b' ? S_IFBLK : S_IFCHR;
	long err;

	if (argc != 5 || (argv[2][0] != 'b' && argv[2][0] != 'c'))
		return complain("mknod", "NAME b|c MAJOR MINOR", -EINVAL);
	err = mknod(argv[1], type | 0666, number(argv[3], 10) << 8 | number(argv[4], 10));
	return err < 0 ? complain("mknod", argv[1], err) : 0;
}
