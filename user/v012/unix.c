/*
 * What the programs of the root of 1992 have in common.
 */
#include "unix.h"

static const struct {
	int number;
	const char *text;
} errors[] = {
	{ EPERM, "Not owner" }, { ENOENT, "No such file or directory" }, { E2BIG, "Too many" },
	{ ENOEXEC, "Exec format error" }, { ECHILD, "No children" }, { EAGAIN, "Try again" },
	{ ENOMEM, "Out of memory" }, { EACCES, "Permission denied" },
	{ ENOTBLK, "Block device required" }, { EBUSY, "Busy" }, { EEXIST, "File exists" },
	{ EXDEV, "Cross-device link" }, { ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" }, { EINVAL, "Invalid argument" },
	{ ETXTBSY, "Text file busy" }, { ENOSPC, "No space left" },
	{ EROFS, "Read-only file system" }, { ENOTEMPTY, "Directory not empty" },
};

int complain(const char *program, const char *what, long err)
{
	unsigned int i;

	for (i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		if (errors[i].number == -err) {
			say_to(2, "%s: %s: %s\n", program, what, errors[i].text);
			return 1;
		}
	}
	say_to(2, "%s: %s: error %ld\n", program, what, -err);
	return 1;
}

long number(const char *s, int base)
{
	long n = 0;
	int negative = *s == '-';

	for (s += negative; *s >= '0' && *s < '0' + base; s++)
		n = n * base + *s - '0';
	return negative ? -n : n;
}
