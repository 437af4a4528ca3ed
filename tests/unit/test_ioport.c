/*
 * kernel/ioport.c: claims go into the smallest range that contains them, never meet a claim, keep
 * the tree sorted, and a failed one leaves no trace; by hand, then at random against an array.
 */
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include "unit.h"

#define PORTS		256

struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
					 int (*show)(struct seq_file *m, void *data),
					 int (*write)(char *text, size_t len, void *data),
					 void *data)
{
	(void)name, (void)mode, (void)show, (void)write, (void)data;
	return NULL;
}

void *kzalloc(size_t size, gfp_t flags)
{
	char *p = host_malloc(size);

	(void)flags;
	while (size--)
		p[size] = 0;
	return p;
}

void kfree(const void *p)
{
	host_free((void *)p);
}

void seq_puts(struct seq_file *m, const char *s)
{
	(void)m, (void)s;
}

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	(void)m, (void)fmt;
}

/* Every range inside its parent, sorted, apart from its neighbours. Returns how many there are. */
static int check_tree(const struct resource *r)
{
	const struct resource *c;
	int n = 1;

	CHECK(r->start <= r->end, "%lx-%lx", r->start, r->end);
	for (c = r->child; c; c = c->sibling) {
		CHECK(c->parent == r && c->start >= r->start && c->end <= r->end, "%s", c->name);
		CHECK(!c->sibling || c->end < c->sibling->start, "%s", c->name);
		n += check_tree(c);
	}
	return n;
}

static void test_nesting(void)
{
	static struct resource ram = { .name = "ram", .start = 0x1000, .end = 0xffff,
				       .flags = IORESOURCE_MEM | IORESOURCE_RAM };
	static struct resource code = { .name = "code", .start = 0x2000, .end = 0x2fff };
	static struct resource cross = { .name = "cross", .start = 0, .end = 0x1fff };
	struct resource *r;

	CHECK(request_resource(&iomem_resource, &ram) == 0);
	CHECK(request_resource(&ram, &code) == 0);
	CHECK(request_resource(&iomem_resource, &cross) == -EBUSY);
	CHECK(request_resource(&ram, &cross) == -EBUSY);	/* not contained */
	r = request_mem_region(0x3000, 0x1000, "driver");
	CHECK(r && r->parent == &ram && r->start == 0x3000 && r->end == 0x3fff);
	CHECK(!request_mem_region(0x3fff, 2, "second"));
	CHECK(!request_mem_region(0x0800, 0x1000, "across the border"));
	CHECK(request_mem_region(0x20000, 0x10, "outside")->parent == &iomem_resource);
	CHECK(request_mem_region(0xfffffff0, 0x10, "the very end"));
	CHECK(!request_mem_region(0xfffffff0, 0x20, "beyond it"));
	CHECK(page_is_ram(1) && page_is_ram(15) && !page_is_ram(0) && !page_is_ram(16));
	CHECK(check_tree(&iomem_resource) == 6);
}

static void test_random(void)
{
	static char owner[PORTS];
	int claims = 0, round;

	for (round = 0; round < 2000; round++) {
		unsigned int start = unit_random(PORTS), n = 1 + unit_random(6), i;
		bool is_free = start + n <= PORTS;

		for (i = start; is_free && i < start + n; i++)
			is_free = !owner[i];
		if (start + n > PORTS)
			continue;
		CHECK(!!request_region(0xff00 + start, n, "random") == is_free, "%u+%u", start, n);
		if (!is_free)
			continue;
		claims++;
		for (i = start; i < start + n; i++)
			owner[i] = 1;
	}
	CHECK(!request_region(0xffff, 2, "behind the last port"));
	CHECK(check_tree(&ioport_resource) == claims + 1, "%d", claims);
}

int main(void)
{
	test_nesting();
	test_random();
	host_printf("ioport: ok\n");
	return 0;
}
