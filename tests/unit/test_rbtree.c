/*
 * lib/rbtree.c: after every one of many random insertions and removals the tree is sorted, no
 * red node has a red child, and every path to a leaf has the same number of black nodes.
 */
#include <linux/rbtree.h>
#include "unit.h"

#define NODES	400
#define STEPS	20000

struct item {
	unsigned int key;
	bool in_tree;
	struct rb_node rb;
};

static struct item items[NODES];
static struct rb_root root = RB_ROOT;

static bool is_red(const struct rb_node *node)
{
	return node && !(node->rb_parent_color & 1);
}

/* The number of black nodes on each path below the node; checks all there is on the way. */
static int black_height(struct rb_node *node, int *count)
{
	int left, right;

	if (!node)
		return 0;
	(*count)++;
	CHECK(!node->rb_left || rb_parent(node->rb_left) == node);
	CHECK(!node->rb_right || rb_parent(node->rb_right) == node);
	CHECK(!is_red(node) || (!is_red(node->rb_left) && !is_red(node->rb_right)));
	left = black_height(node->rb_left, count);
	right = black_height(node->rb_right, count);
	CHECK(left == right);
	return left + !is_red(node);
}

static void check_tree(int expected)
{
	struct rb_node *node, *last = NULL;
	int count = 0, walked = 0;

	CHECK(!is_red(root.rb_node));
	black_height(root.rb_node, &count);
	CHECK(count == expected);
	for (node = rb_first(&root); node; node = rb_next(node), walked++) {
		CHECK(rb_prev(node) == last);
		CHECK(!last || rb_entry(last, struct item, rb)->key <
		      rb_entry(node, struct item, rb)->key);
		last = node;
	}
	CHECK(walked == expected && rb_last(&root) == last);
}

static void insert(struct item *item)
{
	struct rb_node **link = &root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct item, rb)->key ? &parent->rb_left
									  : &parent->rb_right;
	}
	rb_link_node(&item->rb, parent, link);
	rb_insert_color(&item->rb, &root);
	item->in_tree = true;
}

/* Puts another item with the same key where this one is. */
static void replace(struct item *item)
{
	static struct item other;

	other = *item;
	rb_replace_node(&item->rb, &other.rb, &root);
	rb_replace_node(&other.rb, &item->rb, &root);
}

int main(void)
{
	int step, in_tree = 0;
	unsigned int i;

	for (i = 0; i < NODES; i++)
		items[i].key = i * 7 % NODES;
	for (step = 0; step < STEPS; step++) {
		struct item *item = &items[unit_random(NODES)];

		if (!item->in_tree) {
			insert(item);
			in_tree++;
		} else if (unit_random(10) == 0) {
			replace(item);
		} else {
			rb_erase(&item->rb, &root);
			item->in_tree = false;
			in_tree--;
		}
		if (step % 16 == 0)
			check_tree(in_tree);
	}
	for (i = 0; i < NODES; i++)
		if (items[i].in_tree) {
			rb_erase(&items[i].rb, &root);
			check_tree(--in_tree);
		}
	CHECK(RB_EMPTY_ROOT(&root));
	return 0;
}
