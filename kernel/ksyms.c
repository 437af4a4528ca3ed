/*
 * From an address to the name of the function it lies in.
 *
 * tools/gen-ksyms makes the table from the symbols of a first link, and the second link places it
 * in section .ksyms, behind all code, so that no function moves. An entry is the distance from the
 * function before, in groups of seven bits, lowest first (bit 7: more follow), and the name with
 * its NUL; an empty name ends the table. Reading it from the start is slow and costs nothing until
 * there is a trace to print.
 */
#include <linux/kernel.h>
#include <linux/ksyms.h>

/* Weak: the first link has no table. */
extern const unsigned char ksym_table[] __attribute__((weak));

static const unsigned char *read_distance(const unsigned char *p, unsigned long *value)
{
	int shift = 0;

	*value = 0;
	do {
		*value |= (unsigned long)(*p & 0x7f) << shift;
		shift += 7;
	} while (*p++ & 0x80);
	return p;
}

const char *ksym_lookup(unsigned long addr, unsigned long *offset)
{
	const unsigned char *p = ksym_table, *name = NULL;
	unsigned long at = 0, distance, found = 0;

	if (!p || addr < (unsigned long)_text || addr >= (unsigned long)_etext)
		return NULL;
	for (;;) {
		p = read_distance(p, &distance);
		at += distance;
		if (!*p || at > addr)
			break;
		name = p;
		found = at;
		while (*p++)
			;
	}
	if (name && offset)
		*offset = addr - found;
	return (const char *)name;
}

void print_ksym(unsigned long addr, unsigned int back)
{
	unsigned long offset;
	const char *name = ksym_lookup(addr - back, &offset);

	if (name)
		printk(KERN_EMERG "  [<%08lx>] %s+0x%lx\n", addr, name, offset + back);
	else
		printk(KERN_EMERG "  [<%08lx>]\n", addr);
}
