/*
 * lib/radix-tree.c - an array of pointers with any index, most of it empty.
 *
 * See linux/radix-tree.h for the picture. A node exists only while it has at least one slot in
 * use, and the tree is never higher than its largest index needs, so that look-ups in a small
 * file stay short. What the tree holds is not its business.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/radix-tree.h>

#define INDEX_BITS	(8 * sizeof(unsigned long))
#define MAX_HEIGHT	((INDEX_BITS + RADIX_TREE_MAP_SHIFT - 1) / RADIX_TREE_MAP_SHIFT)

/* Does a tree of this height reach the index? */
static inline bool reaches(unsigned int height, unsigned long index)
{
	unsigned int bits = height * RADIX_TREE_MAP_SHIFT;

	return bits >= INDEX_BITS || index >> bits == 0;
}

/* The slot for index in a node that is `level` levels above the lowest (level 0). */
static inline unsigned int slot_of(unsigned long index, unsigned int level)
{
	return (index >> (level * RADIX_TREE_MAP_SHIFT)) & RADIX_TREE_MAP_MASK;
}

void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index)
{
	unsigned int shift = root->height * RADIX_TREE_MAP_SHIFT;
	void *p = root->rnode;

	if (!reaches(root->height, index))
		return NULL;
	while (p && shift) {
		shift -= RADIX_TREE_MAP_SHIFT;
		p = ((struct radix_tree_node *)p)->slots[(index >> shift) & RADIX_TREE_MAP_MASK];
	}
	return p;
}

/* Puts new nodes on top until the tree reaches the index. */
static int extend(struct radix_tree_root *root, unsigned long index)
{
	while (!reaches(root->height, index)) {
		if (root->rnode) {
			struct radix_tree_node *top = radix_tree_node_alloc(root->gfp_mask);

			if (!top)
				return -ENOMEM;
			top->slots[0] = root->rnode;
			top->count = 1;
			root->rnode = top;
		}
		root->height++;
	}
	return 0;
}

/* Takes nodes off the top while they do nothing but lead to their first slot. */
static void shrink(struct radix_tree_root *root)
{
	while (root->height) {
		struct radix_tree_node *top = root->rnode;

		if (!top) {
			root->height = 0;
			return;
		}
		if (top->count != 1 || !top->slots[0])
			return;
		root->rnode = top->slots[0];
		root->height--;
		radix_tree_node_free(top);
	}
}

/*
 * Empties the slot for index in path[level] and frees the nodes which thereby lose their last
 * slot. path[] holds the nodes passed on the way down, by level; path[root->height] is unused.
 */
static void clear_slot(struct radix_tree_root *root, struct radix_tree_node **path,
		       unsigned int level, unsigned long index)
{
	for (; level < root->height; level++) {
		path[level]->slots[slot_of(index, level)] = NULL;
		if (--path[level]->count)
			return;
		radix_tree_node_free(path[level]);
	}
	root->rnode = NULL;
}

/*
 * If there is an empty node on the way to index, it goes, and those that led to nothing else. The
 * others keep what they have, and the tree is no higher than it must be.
 */
static noinline void prune(struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *path[MAX_HEIGHT], *node = root->rnode;
	unsigned int level = root->height;

	while (node && level) {
		path[--level] = node;
		if (!node->count) {
			radix_tree_node_free(node);
			clear_slot(root, path, level + 1, index);
			break;
		}
		node = node->slots[slot_of(index, level)];
	}
	shrink(root);
}

/*
 * The slot for index, with new nodes on the way there if need be, and the node that it is in (NULL:
 * it is the root's). NULL: no memory.
 */
static inline void **make_slot(struct radix_tree_root *root, unsigned long index,
			       struct radix_tree_node **leaf)
{
	struct radix_tree_node *node = NULL;
	void **slot = &root->rnode;
	unsigned int level;

	if (unlikely(!reaches(root->height, index)) && extend(root, index))
		goto out_of_memory;
	for (level = root->height; level;) {
		if (unlikely(!*slot)) {
			*slot = radix_tree_node_alloc(root->gfp_mask);
			if (!*slot)
				goto out_of_memory;
			if (node)
				node->count++;
		}
		node = *slot;
		slot = &node->slots[slot_of(index, --level)];
	}
	*leaf = node;
	return slot;

out_of_memory:
	prune(root, index);
	return NULL;
}

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	struct radix_tree_node *leaf;
	void **slot = make_slot(root, index, &leaf);

	if (!slot)
		return -ENOMEM;
	if (*slot)
		return -EEXIST;
	*slot = item;
	if (leaf)
		leaf->count++;
	return 0;
}

unsigned int radix_tree_insert_run(struct radix_tree_root *root, unsigned long index,
				   void **items, unsigned int nr)
{
	unsigned int done = 0;

	while (done < nr) {
		struct radix_tree_node *leaf;
		void **slot = make_slot(root, index + done, &leaf);

		if (!slot || *slot)
			break;
		do {			/* one node after the other */
			*slot++ = items[done++];
			if (!leaf)
				break;
			leaf->count++;
		} while (done < nr && slot_of(index + done, 0) && !*slot);
	}
	return done;
}

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *leaf = NULL;
	void **slot = &root->rnode, *item;
	unsigned int level = root->height;

	if (!reaches(level, index))
		return NULL;
	while (*slot && level) {
		leaf = *slot;
		slot = &leaf->slots[slot_of(index, --level)];
	}
	item = *slot;
	if (!item)
		return NULL;
	*slot = NULL;
	if (leaf && (!--leaf->count || leaf == root->rnode))
		prune(root, index);
	return item;
}

/*
 * The lowest-level node that may hold *index or the next used index after it; *index is moved
 * there. NULL: nothing follows. The tree is at least one level high.
 */
static struct radix_tree_node *next_leaf(const struct radix_tree_root *root, unsigned long *index)
{
	struct radix_tree_node *node = root->rnode;
	unsigned int level = root->height;

	while (node) {
		unsigned long step;

		if (--level == 0)
			return node;
		if (node->slots[slot_of(*index, level)]) {
			node = node->slots[slot_of(*index, level)];
			continue;
		}
		/* An empty part: go to the first index behind it, and down again from the top. */
		step = 1UL << (level * RADIX_TREE_MAP_SHIFT);
		*index = (*index & ~(step - 1)) + step;
		if (!*index || !reaches(root->height, *index))
			return NULL;
		node = root->rnode;
		level = root->height;
	}
	return NULL;
}

unsigned long radix_tree_gap(const struct radix_tree_root *root, unsigned long index,
			     unsigned long max)
{
	unsigned long at = index, end = index + max;

	while (at < end && reaches(root->height, at)) {
		struct radix_tree_node *node = NULL;
		unsigned int level = root->height;
		void *p = root->rnode;

		while (p && level) {
			node = p;
			p = node->slots[slot_of(at, --level)];
		}
		if (p)
			return at - index;
		/* Nothing is in this slot, of whatever level, and perhaps in those behind it. */
		at = (at | ((1UL << (level * RADIX_TREE_MAP_SHIFT)) - 1)) + 1;
		if (node && level == 0)
			while (at < end && slot_of(at, 0) && !node->slots[slot_of(at, 0)])
				at++;
	}
	return max;
}

void *radix_tree_next(const struct radix_tree_root *root, unsigned long *index)
{
	struct radix_tree_node *leaf;

	if (!reaches(root->height, *index))
		return NULL;
	if (root->height == 0)
		return root->rnode;
	while ((leaf = next_leaf(root, index))) {
		do {
			void *item = leaf->slots[slot_of(*index, 0)];

			if (item)
				return item;
			++*index;
		} while (slot_of(*index, 0));
		if (!*index || !reaches(root->height, *index))
			break;
	}
	return NULL;
}

unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first_index, unsigned int max_items)
{
	struct radix_tree_node *leaf;
	unsigned long index = first_index;
	unsigned int n = 0;

	if (!reaches(root->height, index) || !max_items)
		return 0;
	if (root->height == 0) {
		if (root->rnode)
			results[n++] = root->rnode;
		return n;
	}
	while ((leaf = next_leaf(root, &index))) {
		do {
			void *item = leaf->slots[slot_of(index, 0)];

			if (item)
				results[n++] = item;
			index++;
		} while (n < max_items && slot_of(index, 0));
		if (n == max_items || !index || !reaches(root->height, index))
			break;
	}
	return n;
}
