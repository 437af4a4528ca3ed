/*
 * The trees of resources: who owns which physical addresses and I/O ports.
 *
 * The architecture enters at boot what the machine has (RAM, video memory, ROM); drivers
 * claim their registers below that. Nothing is ever given back: no driver leaves.
 */
#include <linux/ioport.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <asm/page.h>

struct resource iomem_resource = { .name = "memory", .end = ~0UL, .flags = IORESOURCE_MEM };
struct resource ioport_resource = { .name = "ports", .end = 0xffff, .flags = IORESOURCE_IO };

static bool contains(const struct resource *outer, const struct resource *inner)
{
	return outer->start <= inner->start && inner->end <= outer->end;
}

/* Enters `new` as a child of `parent`. NULL, or the range that it meets (perhaps parent itself). */
static struct resource *insert_child(struct resource *parent, struct resource *new)
{
	struct resource **p;

	if (new->end < new->start || !contains(parent, new))
		return parent;
	for (p = &parent->child; *p && (*p)->end < new->start; p = &(*p)->sibling)
		;
	if (*p && (*p)->start <= new->end)
		return *p;
	new->parent = parent;
	new->sibling = *p;
	*p = new;
	return NULL;
}

int request_resource(struct resource *root, struct resource *new)
{
	return insert_child(root, new) ? -EBUSY : 0;
}

struct resource *__request_region(struct resource *root, unsigned long start, unsigned long n,
				  const char *name)
{
	struct resource *new = kzalloc(sizeof(*new), GFP_KERNEL), *other;

	if (!new)
		return NULL;
	new->name = name;
	new->start = start;
	new->end = start + n - 1;
	new->flags = (root->flags & (IORESOURCE_IO | IORESOURCE_MEM)) | IORESOURCE_BUSY;
	while ((other = insert_child(root, new))) {
		if (other == root || (other->flags & IORESOURCE_BUSY) || !contains(other, new)) {
			printk(KERN_WARNING "%s: %lx-%lx belongs to %s\n", name, new->start,
			       new->end, other->name);
			kfree(new);
			return NULL;
		}
		root = other;
	}
	return new;
}

bool page_is_ram(unsigned long pfn)
{
	const struct resource *r;

	for (r = iomem_resource.child; r; r = r->sibling)
		if ((r->flags & IORESOURCE_RAM) && r->start >> PAGE_SHIFT <= pfn &&
		    pfn <= r->end >> PAGE_SHIFT)
			return true;
	return false;
}

/* ---- /proc/iomem, /proc/ioports ---- */

/* The next of a walk over the whole tree, children before siblings. */
static const struct resource *next_resource(const struct resource *r)
{
	if (r->child)
		return r->child;
	while (!r->sibling && r->parent)
		r = r->parent;
	return r->sibling;
}

static int resources_show(struct seq_file *m, void *data)
{
	const struct resource *root = data, *r, *up;
	int width = root->end > 0xffff ? 8 : 4;

	for (r = root->child; r; r = next_resource(r)) {
		for (up = r->parent; up != root; up = up->parent)
			seq_puts(m, "  ");
		seq_printf(m, "%0*lx-%0*lx : %s\n", width, r->start, width, r->end, r->name);
	}
	return 0;
}

static int __init resources_proc_init(void)
{
	create_proc_entry("iomem", 0444, resources_show, NULL, &iomem_resource);
	create_proc_entry("ioports", 0444, resources_show, NULL, &ioport_resource);
	return 0;
}
initcall_fs(resources_proc_init);
