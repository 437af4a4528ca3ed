/*
 * umount DEVICE... - and out of the list of what is mounted, which mount writes.
 */
#include "../unix.h"

#define MTAB	"/etc/mtab"

/* Writes the list again, without the lines that begin with the device. */
static void write_list(const char *line, const char *device)
{
	long fd = open(MTAB, O_WRONLY | O_TRUNC, 0);
	int len = strlen(device);
	const char *end;

	for (; *line; line = end) {
		end = line + strcspn(line, "\n");
		end += *end == '\n';
		if (strncmp(line, device, len) || line[len] != ' ')
			write(fd, line, end - line);
	}
	close(fd);
}

static void forget(const char *device)
{
	static char list[4096];
	long fd = open(MTAB, O_RDONLY, 0), n;

	if (fd < 0)
		return;
	n = read(fd, list, sizeof(list));
	close(fd);
	if (n <= 0 || n == sizeof(list))
		return;
	list[n] = 0;
	write_list(list, device);
}

int main(int argc, char **argv, char **envp UNUSED)
{
	int i, status = 0;
	long err;

	for (i = 1; i < argc; i++) {
		err = umount(argv[i]);
		if (err < 0)
			status = complain("umount", argv[i], err);
		else
			forget(argv[i]);
	}
	return status;
}
