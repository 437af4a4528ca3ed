/*
 * What the programs of the root of 1992 have in common.
 */
#include "unix.h"

static const struct {
	int number;
	const char *text;
} errors[] = {
	{ EPERM, "Not owner" },
	{ ENOENT, "No such file or directory" },
	{ ESRCH, "No such process" },
	{ EINTR, "Interrupted" },
	{ EIO, "I/O error" },
	{ ENXIO, "No such device or address" },
	{ E2BIG, "Too many" },
	{ ENOEXEC, "Exec format error" },
	{ EBADF, "Bad file number" },
	{ ECHILD, "No children" },
	{ EAGAIN, "Try again" },
	{ ENOMEM, "Out of memory" },
	{ EACCES, "Permission denied" },
	{ EFAULT, "Bad address" },
	{ ENOTBLK, "Block device required" },
	{ EBUSY, "Busy" },
	{ EEXIST, "File exists" },
	{ EXDEV, "Cross-device link" },
	{ ENODEV, "No such device" },
	{ ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" },
	{ EINVAL, "Invalid argument" },
	{ ENFILE, "File table full" },
	{ EMFILE, "Too many open files" },
	{ ENOTTY, "Not a terminal" },
	{ ETXTBSY, "Text file busy" },
	{ EFBIG, "File too large" },
	{ ENOSPC, "No space left" },
	{ ESPIPE, "Illegal seek" },
	{ EROFS, "Read-only file system" },
	{ EMLINK, "Too many links" },
	{ EPIPE, "Broken pipe" },
	{ ENOTEMPTY, "Directory not empty" },
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
