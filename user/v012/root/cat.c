/*
 * cat [FILE...] - files, or what it reads, one after another.
 */
#include "../unix.h"

static int copy(long fd, const char *name)
{
	char buf[1024];
	long n, written;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		written = write(1, buf, n);
		if (written != n)
			return complain("cat", "output", written < 0 ? written : -ENOSPC);
	}
	return n < 0 ? complain("cat", name, n) : 0;
}

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long fd;

	if (argc < 2)
		return copy(0, "input");
	for (i = 1; i < argc; i++) {
		fd = open(argv[i], O_RDONLY, 0);
		if (fd < 0) {
			status = complain("cat", argv[i], fd);
			continue;
		}
		status |= copy(fd, argv[i]);
		close(fd);
	}
	return status;
}
