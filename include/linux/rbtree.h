/*
 * linux/rbtree.h - red-black trees.
 *
 * A sorted binary tree that stays balanced: with n nodes no path is longer than 2 log2(n + 1). The
 * node is embedded in the caller's structure, and the caller does the comparing, so that a search
 * costs no call through a pointer. The memory manager keeps the VMAs of an address space in one.
 *
 * A search walks from root->rb_node by rb_left and rb_right. An insertion searches likewise,
 * keeping the address of the link it followed, then does
 *
 *	rb_link_node(&new->rb, parent, link);
 *	rb_insert_color(&new->rb, root);
 *
 * Nothing here allocates or sleeps; the caller keeps others out.
 */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H

#include <linux/types.h>

/* The lowest bit of rb_parent_color is the colour (0 red, 1 black), the rest the parent. */
struct rb_node {
	unsigned long rb_parent_color;
	struct rb_node *rb_right;
	struct rb_node *rb_left;
} __attribute__((aligned(sizeof(long))));

struct rb_root {
	struct rb_node *rb_node;
};

#define RB_ROOT			((struct rb_root){ NULL })
#define RB_EMPTY_ROOT(root)	((root)->rb_node == NULL)

/* The structure of that type which has the node ptr as its member. */
#define rb_entry(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

#define rb_parent(node)	((struct rb_node *)((node)->rb_parent_color & ~1UL))

/* Hangs a new node, red, at *link below parent (NULL: the tree is empty). */
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent,
				struct rb_node **link)
{
	node->rb_parent_color = (unsigned long)parent;
	node->rb_left = node->rb_right = NULL;
	*link = node;
}

/* Restores the balance after rb_link_node(). */
void rb_insert_color(struct rb_node *node, struct rb_root *root);

/* Takes a node out of the tree. The node itself may be freed afterwards. */
void rb_erase(struct rb_node *node, struct rb_root *root);

/* Puts new where victim was; the two must sort alike. */
void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root);

/* The lowest and the highest node (NULL: empty), and the neighbours in sort order (NULL: none). */
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);

#endif
