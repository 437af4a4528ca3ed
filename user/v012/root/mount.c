/*
 * mount [DEVICE DIRECTORY [ro]] - and without words what is mounted: the program itself
 * keeps the list, in /etc/mtab.
 */
#include "../unix.h"

static int show(void)
{
	char buf[512];
	long fd = open("/etc/mtab", O_RDONLY, 0), n;

	if (fd < 0)
		return complain("mount", "/etc/mtab", fd);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		write(1, buf, n);
	close(fd);
	return 0;
}

int main(int argc, char **argv, char **envp UNUSED)
{
	long fd, err;

	if (argc < 2)
		return show();
	if (argc < 3)
		return complain("mount", "DEVICE DIRECTORY", -EINVAL);
	err = mount(argv[1], argv[2], argc > 3);
	if (err < 0)
		return complain("mount", argv[1], err);
	fd = open("/etc/mtab", O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (fd >= 0)
		say_to(fd, "%s on %s\n", argv[1], argv[2]);
	return 0;
}
