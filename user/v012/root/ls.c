/*
 * ls [-ail] [NAME...] - what is in directories, which are read like files. -a: also the names that
 * begin with a dot, -i: with their inode numbers, -l: with all that stat tells.
 */
#include "../unix.h"

#define MAX_NAMES	512

static char names[MAX_NAMES][15];
static int all, inodes, long_form;

static char type_letter(int mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return 'd';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	case S_IFLNK: return 'l';
	case S_IFIFO: return 'p';
	}
	return '-';
}

static int show(const char *path, const char *name)
{
	char target[256];
	struct stat12 st;
	long n = lstat(path, &st);
	int i;

	if (n < 0)
		return complain("ls", path, n);
	if (inodes)
		say("%5d ", st.ino);
	if (!long_form) {
		say("%s\n", name);
		return 0;
	}
	say("%c", type_letter(st.mode));
	for (i = 8; i >= 0; i--)
		say("%c", st.mode & 1 << i ? "xwr"[i % 3] : '-');
	say("%4d %4d %4d ", st.nlink, st.uid, st.gid);
	if ((st.mode & S_IFMT) == S_IFCHR || (st.mode & S_IFMT) == S_IFBLK)
		say("%3d,%3d", st.rdev >> 8, st.rdev & 255);
	else
		say("%7ld", st.size);
	say(" %s", name);
	n = readlink(path, target, sizeof(target) - 1);
	if (n > 0) {
		target[n] = 0;
		say(" -> %s", target);
	}
	say("\n");
	return 0;
}

static int list(const char *dir)
{
	struct dirent12 de;
	char path[512];
	int count = 0, i, j, status = 0;
	long fd = open(dir, O_RDONLY, 0);

	if (fd < 0)
		return complain("ls", dir, fd);
	while (read(fd, &de, sizeof(de)) == sizeof(de)) {
		if (!de.inode || (de.name[0] == '.' && !all))
			continue;
		if (count == MAX_NAMES) {
			status = complain("ls", dir, -E2BIG);	/* the rest is not shown */
			break;
		}
		for (i = 0; i < count && strncmp(names[i], de.name, 14) < 0; i++)
			;
		for (j = count++; j > i; j--)
			memcpy(names[j], names[j - 1], 15);
		memcpy(names[i], de.name, 14);
		names[i][14] = 0;
	}
	close(fd);
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		status |= show(path, names[i]);
	}
	return status;
}

static int options(const char *letters)
{
	for (; *letters; letters++) {
		switch (*letters) {
		case 'a': all = 1; break;
		case 'i': inodes = 1; break;
		case 'l': long_form = 1; break;
		default:
			say_to(2, "usage: ls [-ail] [name...]\n");
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv, char **envp UNUSED)
{
	struct stat12 st;
	int i = 1, status = 0;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++)
		if (options(argv[i] + 1))
			return 1;
	if (i == argc)
		return list(".");
	for (; i < argc; i++) {
		if (stat(argv[i], &st) >= 0 && (st.mode & S_IFMT) == S_IFDIR)
			status |= list(argv[i]);
		else
			status |= show(argv[i], argv[i]);
	}
	return status;
}
