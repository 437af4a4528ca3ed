/*
 * mv FROM TO: there was no rename() yet, so a second name, and the first one goes. What had the
 * name TO goes only when FROM can have it.
 */
#include "../unix.h"

/* Could FROM have another name where TO is? Tries it. */
static long try_link(const char *from, const char *to)
{
	char spare[512];
	long err;
	int i, dir = 0;

	for (i = 0; to[i]; i++)
		if (to[i] == '/')
			dir = i + 1;
	if (i > (int)sizeof(spare) - 17)
		return -EINVAL;
	snprintf(spare, sizeof(spare) - 16, "%s", to);
	snprintf(spare + dir, 16, "mv%ld", getpid());
	err = link(from, spare);
	return err < 0 ? err : unlink(spare);
}

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
		err = try_link(from, to);
		if (err >= 0)
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
