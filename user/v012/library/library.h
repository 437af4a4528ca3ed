/*
 * A shared library as of 1992: functions at fixed addresses, in a file that uselib() puts into the
 * last 4 MB of a program. The addresses are those of a table of jumps (table.S), so that a function
 * may grow without the programs that call it being linked anew.
 *
 *	03c00000	jmp strlen; jmp itoa; ...	8 bytes each
 *	03c00040	the functions
 *	next page	the library's data: each process writes to a copy of its own
 *
 * A program that calls one without uselib() executes zeroes, and soon something else.
 */
#ifndef _LIBRARY_H
#define _LIBRARY_H

#define LIBRARY_BASE	0x03c00000
#define LIBRARY_ENTRY(n, type, args)	((type (*)args)(LIBRARY_BASE + 8 * (n)))

/* Characters of a string. */
#define lib_strlen	LIBRARY_ENTRY(0, unsigned long, (const char *s))
/* n in digits of base 2 to 16, to buf. Returns buf. */
#define lib_itoa	LIBRARY_ENTRY(1, char *, (long n, int base, char *buf))
/* Writes a string to a descriptor. */
#define lib_puts	LIBRARY_ENTRY(2, long, (int fd, const char *s))
/* The same with %s, %d and %x in it. */
#define lib_printf	LIBRARY_ENTRY(3, long, (int fd, const char *fmt, ...))
/* How often this process, with its parents up to the last uselib(), has called the two above. */
#define lib_writes	LIBRARY_ENTRY(4, int, (void))

#endif
