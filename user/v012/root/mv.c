/*
 * mv FROM TO: there was no rename() yet, so a second name, and the first one goes.
 */
#include "../unix.h"

int main(int argc, char **argv, char **envp UNUSED)
{
	long err;

	if (argc != 3)
		return complain("mv", "FROM TO", -22);
	unlink(argv[2]);
	err = link(argv[1], argv[2]);
	if (err >= 0)
		err = unlink(argv[1]);
	return err < 0 ? complain("mv", argv[1], err) : 0;
}
