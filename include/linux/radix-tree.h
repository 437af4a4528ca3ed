/*
 * linux/radix-tree.h - an array of pointers with any index, most of it empty.
 *
 * Each level of the tree looks at six bits of the index, so a node has 64 slots. A tree of height h
 * reaches indexes below 64^h and grows when a larger one is inserted; at height 0 the root itself
 * holds the one item, index 0. The page cache keeps the pages of a file in one, by their number in
 * the file: a file of up to 4 KB costs no node, one of up to 256 KB a single one.
 *
 *	      root (height 2)
 *	        |
 *	      node             slots 0..63: bits 6-11 of the index
 *	     /    \
 *	  node     node        slots 0..63: bits 0-5
 *	  |  |       |
 *	 item 3...  item 130
 *
 * The caller keeps others out. Only insertions allocate, with the flags in the root.
 * When others may use the tree these must not allow it to sleep half-way: then call
 * radix_tree_preload() first.
 */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/types.h>

#define RADIX_TREE_MAP_SHIFT	6
#define RADIX_TREE_MAP_SIZE	(1 << RADIX_TREE_MAP_SHIFT)
#define RADIX_TREE_MAP_MASK	(RADIX_TREE_MAP_SIZE - 1)

struct radix_tree_node {
	unsigned int count;			/* slots in use */
	void *slots[RADIX_TREE_MAP_SIZE];	/* nodes, or on the lowest level items */
};

struct radix_tree_root {
	unsigned int height;
	gfp_t gfp_mask;
	void *rnode;				/* NULL, the item (height 0) or the top node */
};

/* An empty tree whose nodes will be allocated with the flags `mask`. */
#define RADIX_TREE_INIT(mask)	{ .height = 0, .gfp_mask = (mask), .rnode = NULL }

#define INIT_RADIX_TREE(root, mask)	\
	(*(root) = (struct radix_tree_root)RADIX_TREE_INIT(mask))

/* Puts item (not NULL) at index. Returns 0, -EEXIST (occupied) or -ENOMEM (nothing changed). */
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item);

/*
 * The same for nr items, at index and behind it, at less cost than one by one. Returns how many
 * were put: the first that was not finds its place occupied, or no memory.
 */
unsigned int radix_tree_insert_run(struct radix_tree_root *root, unsigned long index,
				   void **items, unsigned int nr);

/* The item at index, or NULL. */
void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index);

/* Takes the item at index out and returns it; NULL if there was none. */
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);

/*
 * Collects the items from first_index upwards, in order, at most max_items of them. Returns how
 * many. The indexes are not told: an item that matters knows its own.
 */
unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first_index, unsigned int max_items);

/* The first item at or behind *index, which becomes its index; NULL: there is none. */
void *radix_tree_next(const struct radix_tree_root *root, unsigned long *index);

/* How many indexes, from `index` on, have no item before one that has; at most max. */
unsigned long radix_tree_gap(const struct radix_tree_root *root, unsigned long index,
			     unsigned long max);

/*
 * The surroundings supply these two. alloc returns a node filled with zeroes, or NULL; it sleeps
 * only if gfp allows that.
 */
struct radix_tree_node *radix_tree_node_alloc(gfp_t gfp);
void radix_tree_node_free(struct radix_tree_node *node);

/*
 * mm/page_cache.c: sees to it that the next insertion, if nothing sleeps before it, finds its nodes
 * without sleeping. 0 or -ENOMEM; may sleep as gfp allows.
 */
int radix_tree_preload(gfp_t gfp);

#endif
