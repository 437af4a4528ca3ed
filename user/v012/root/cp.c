/*
 * cp FROM TO, cp FROM... DIRECTORY
 */
#include "../unix.h"

static int copy(const char *from, const char *to)
{
	static char buf[8192];
	struct stat12 st, other;
	long in = open(from, O_RDONLY, 0), out, n, written;

	if (in < 0)
		return complain("cp", from, in);
	stat(from, &st);
	if (stat(to, &other) >= 0 && other.dev == st.dev && other.ino == st.ino)
		out = -EEXIST;			/* onto itself: it would be emptied first */
	else
		out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st.mode & 0777);
	if (out < 0) {
		close(in);
		return complain("cp", to, out);
	}
	while ((n = read(in, buf, sizeof(buf))) > 0) {
		written = write(out, buf, n);
		if (written != n) {
			n = written < 0 ? written : -ENOSPC;
			break;
		}
	}
	close(in);
	close(out);
	return n < 0 ? complain("cp", to, n) : 0;
}

int main(int argc, char **argv, char **envp UNUSED)
{
	const char *to = argv[argc - 1], *name;
	char path[512];
	struct stat12 st;
	int i, status = 0;

	if (argc < 3)
		return complain("cp", "FROM TO", -EINVAL);
	if (stat(to, &st) < 0 || (st.mode & S_IFMT) != S_IFDIR)
		return argc > 3 ? complain("cp", to, -ENOTDIR) : copy(argv[1], to);
	for (i = 1; i < argc - 1; i++) {
		name = strrchr(argv[i], '/');
		snprintf(path, sizeof(path), "%s/%s", to, name ? name + 1 : argv[i]);
		status |= copy(argv[i], path);
	}
	return status;
}
