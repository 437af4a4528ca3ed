/*
 * lib/rbtree.c - red-black trees.
 *
 * The invariants (a missing child counts as black):
 *	1. the root is black;
 *	2. a red node has no red child;
 *	3. every way from a node down to a missing child passes equally many black nodes.
 * Together they keep the longest way at most twice as long as the shortest. An insertion can break
 * only 2, a removal only 3; each is repaired by walking upwards, recolouring, and at most two or
 * three rotations. 0.12 had no such tree; its address spaces had two parts and needed none.
 *
 * Left and right are mirror images, so each repair is written once, with "side" saying where the
 * node hangs: child(n, side) is the child on that side, child(n, !side) the one across.
 */
#include <linux/rbtree.h>

enum { LEFT, RIGHT };
enum { RED, BLACK };

static inline struct rb_node **child(struct rb_node *n, int side)
{
	return side == LEFT ? &n->rb_left : &n->rb_right;
}

static inline bool is_black(const struct rb_node *n)
{
	return !n || (n->rb_parent_color & 1) == BLACK;
}

static inline void set_color(struct rb_node *n, int color)
{
	n->rb_parent_color = (n->rb_parent_color & ~1UL) | color;
}

static inline void set_parent(struct rb_node *n, struct rb_node *parent)
{
	n->rb_parent_color = (unsigned long)parent | (n->rb_parent_color & 1);
}

/* On which side of its parent does n hang? */
static inline int side_of(const struct rb_node *n, const struct rb_node *parent)
{
	return parent->rb_left == n ? LEFT : RIGHT;
}

/* Makes the parent of old (or the root) point to new instead. */
static void relink(struct rb_node *old, struct rb_node *new, struct rb_node *parent,
		   struct rb_root *root)
{
	if (parent)
		*child(parent, side_of(old, parent)) = new;
	else
		root->rb_node = new;
}

/*
 * Turns n down to `side`; its child across, up, takes its place. The order is kept:
 *
 *	   n                 up
 *	  / \    side left   / \
 *	 a   up  -------->  n   c
 *	    / \            / \
 *	   b   c          a   b
 */
static void rotate(struct rb_node *n, int side, struct rb_root *root)
{
	struct rb_node *up = *child(n, !side), *parent = rb_parent(n);
	struct rb_node *b = *child(up, side);

	*child(n, !side) = b;
	if (b)
		set_parent(b, n);
	relink(n, up, parent, root);
	set_parent(up, parent);
	*child(up, side) = n;
	set_parent(n, up);
}

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *parent, *grand, *uncle;

	while ((parent = rb_parent(node)) && !is_black(parent)) {
		int side;

		/* A red parent is not the root, so there is a grandparent, and it is black. */
		grand = rb_parent(parent);
		side = side_of(parent, grand);
		uncle = *child(grand, !side);
		if (!is_black(uncle)) {
			set_color(parent, BLACK);
			set_color(uncle, BLACK);
			set_color(grand, RED);
			node = grand;
			continue;
		}
		if (node == *child(parent, !side)) {
			rotate(parent, side, root);
			parent = node;
		}
		set_color(parent, BLACK);
		set_color(grand, RED);
		rotate(grand, !side, root);
		break;
	}
	set_color(root->rb_node, BLACK);
}

/*
 * A black node is gone: the ways through node (which may be missing), a child of parent, are one
 * black short. Make node black if it is red; else take a black away on its sibling's side too and
 * go on upwards, or borrow one from there by rotation.
 */
static void erase_color(struct rb_node *node, struct rb_node *parent, struct rb_root *root)
{
	while (parent && is_black(node)) {
		int side = side_of(node, parent);
		struct rb_node *sibling = *child(parent, !side);

		if (!is_black(sibling)) {
			set_color(sibling, BLACK);
			set_color(parent, RED);
			rotate(parent, side, root);
			sibling = *child(parent, !side);
		}
		if (is_black(sibling->rb_left) && is_black(sibling->rb_right)) {
			set_color(sibling, RED);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (is_black(*child(sibling, !side))) {
			set_color(*child(sibling, side), BLACK);
			set_color(sibling, RED);
			rotate(sibling, !side, root);
			sibling = *child(parent, !side);
		}
		set_color(sibling, parent->rb_parent_color & 1);
		set_color(parent, BLACK);
		set_color(*child(sibling, !side), BLACK);
		rotate(parent, side, root);
		return;
	}
	if (node)
		set_color(node, BLACK);
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *below, *parent = rb_parent(node);
	bool lost_black;

	if (node->rb_left && node->rb_right) {
		/* Its successor, which has no left child, leaves its place and takes this one. */
		struct rb_node *next = rb_next(node);

		below = next->rb_right;
		lost_black = is_black(next);
		parent = rb_parent(next);
		if (parent == node) {
			parent = next;
		} else {
			parent->rb_left = below;
			if (below)
				set_parent(below, parent);
			next->rb_right = node->rb_right;
			set_parent(next->rb_right, next);
		}
		next->rb_left = node->rb_left;
		set_parent(next->rb_left, next);
		relink(node, next, rb_parent(node), root);
		next->rb_parent_color = node->rb_parent_color;
	} else {
		below = node->rb_left ? node->rb_left : node->rb_right;
		lost_black = is_black(node);
		relink(node, below, parent, root);
		if (below)
			set_parent(below, parent);
	}
	if (lost_black)
		erase_color(below, parent, root);
}

void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	relink(victim, new, rb_parent(victim), root);
	if (victim->rb_left)
		set_parent(victim->rb_left, new);
	if (victim->rb_right)
		set_parent(victim->rb_right, new);
	*new = *victim;
}

/* The node furthest down on one side. */
static struct rb_node *outermost(struct rb_node *n, int side)
{
	while (n && *child(n, side))
		n = *child(n, side);
	return n;
}

/* The neighbour on one side: below, or the first ancestor of which n is on the other side. */
static struct rb_node *neighbour(const struct rb_node *node, int side)
{
	struct rb_node *n = (struct rb_node *)node, *parent;

	if (*child(n, side))
		return outermost(*child(n, side), !side);
	while ((parent = rb_parent(n)) && n == *child(parent, side))
		n = parent;
	return parent;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(root->rb_node, LEFT);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(root->rb_node, RIGHT);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, RIGHT);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, LEFT);
}
