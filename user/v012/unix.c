/*
 * What the programs of the root of 1992 have in common.
 */
#include "unix.h"

static const struct {
	int number;
	const char *text;
} errors[] = {
	{ 1, "Not owner" }, { 2, "No such file or directory" }, { 8, "Exec format error" },
	{ 10, "No children" }, { 11, "Try again" }, { 12, "Out of memory" },
	{ 13, "Permission denied" }, { 15, "Block device required" }, { 16, "Busy" },
	{ 17, "File exists" }, { 18, "Cross-device link" }, { 20, "Not a directory" },
	{ 21, "Is a directory" }, { 22, "Invalid argument" }, { 26, "Text file busy" },
	{ 28, "No space left" }, { 30, "Read-only file system" }, { 39, "Directory not empty" },
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
