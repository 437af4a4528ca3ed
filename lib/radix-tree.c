/*
 * lib/radix-tree.c - an array of pointers with any index, most of it empty.
 *
 * See linux/radix-tree.h for the picture. A node exists only while it has at least one slot in
 * use, and the tree is never higher than its largest index needs, so that look-ups in a small
 * file stay short. What the tree holds is not its business.
 */
#include <linux/errno.h>
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

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	struct radix_tree_node *path[MAX_HEIGHT], *node = NULL;
	void **slot = &root->rnode;
	unsigned int level;

	if (extend(root, index)) {
		shrink(root);
		return -ENOMEM;
	}
	for (level = root->height; level;) {
		if (!*slot) {
			struct radix_tree_node *new = radix_tree_node_alloc(root->gfp_mask);

			if (!new)
				goto out_of_memory;
			*slot = new;
			if (node)
				node->count++;
		}
		node = *slot;
		path[--level] = node;
		slot = &node->slots[slot_of(index, level)];
	}
	if (*slot)
		return -EEXIST;
	*slot = item;
	if (node)
		node->count++;
	return 0;

out_of_memory:
	/* The node made last, if any, is still empty: free the chain of new nodes above it. */
	if (node && !node->count) {
		radix_tree_node_free(node);
		clear_slot(root, path, level + 1, index);
	}
	shrink(root);
	return -ENOMEM;
}

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *path[MAX_HEIGHT];
	unsigned int level = root->height;
	void *p = root->rnode;

	if (!reaches(level, index))
		return NULL;
	while (p && level) {
		path[--level] = p;
		p = path[level]->slots[slot_of(index, level)];
	}
	if (!p)
		return NULL;
	clear_slot(root, path, 0, index);
	shrink(root);
	return p;
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
