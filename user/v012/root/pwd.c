/*
 * pwd - the way from here to the root, upwards: who in the parent has our inode? There
 * was no call that told it.
 */
#include "../unix.h"

/* Puts the name of directory `here` of ".." in front of path. -1: nobody there is it. */
static int name_of(const struct stat12 *here, char *path, int *start)
{
	struct dirent12 de;
	struct stat12 st;
	char name[32] = "../";
	long fd = open("..", O_RDONLY, 0);
	int len, found = -1;

	while (found && read(fd, &de, sizeof(de)) == sizeof(de)) {
		memcpy(name + 3, de.name, 14);
		name[17] = 0;
		if (!de.inode || lstat(name, &st) < 0 || st.ino != here->ino ||
		    st.dev != here->dev)
			continue;
		len = strlen(name + 3);
		*start -= len + 1;
		if (*start < 0)
			break;
		path[*start] = '/';
		memcpy(path + *start + 1, name + 3, len);
		found = 0;
	}
	close(fd);
	return found;
}

int main(int argc UNUSED, char **argv UNUSED, char **envp UNUSED)
{
	struct stat12 here, parent;
	char path[1024];
	int start = sizeof(path) - 1;

	path[start] = 0;
	for (;;) {
		stat(".", &here);
		stat("..", &parent);
		if (here.ino == parent.ino && here.dev == parent.dev)
			break;
		if (name_of(&here, path, &start))
			return complain("pwd", "..", -ENOENT);
		chdir("..");
	}
	say("%s\n", path[start] ? path + start : "/");
	return 0;
}
