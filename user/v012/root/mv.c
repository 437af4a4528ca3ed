/*
 * mv FROM TO: there was no rename() yet, so a second name, and the first one goes. What had the
 * name TO goes only when FROM can have it.
 */
#include "../unix.h"

static long move(const char *from, const char *to)
{
	struct stat12 old, other;
	long err = lstat(from, &old);

	if (err < 0)
		return err;
	if ((old.mode & S_IFMT) == S_IFDIR)
		return -EISDIR;
	if (lstat(to, &other) >= 0) {
		if (old.dev == other.dev && old.ino == other.ino)
			return -EEXIST;
		if (old.dev != other.dev)
			return -EXDEV;
		err = unlink(to);
		if (err < 0)
			return err;
	}
	err = link(from, to);
	return err < 0 ? err : unlink(from);
}

int main(int argc, char **argv, char **envp UNUSED)
{
	long err;

	if (argc != 3)
		return complain("mv", "FROM TO", -EINVAL);
	err = move(argv[1], argv[2]);
	return err < 0 ? complain("mv", argv[1], err) : 0;
}
