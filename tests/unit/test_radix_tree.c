/*
 * lib/radix-tree.c against a plain array: random insertions, one by one and in runs, look-ups,
 * removals, gang look-ups and gaps, indexes up to the very last, memory that runs out in the middle
 * of an insertion, and no node left when the last item is gone.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/radix-tree.h>
#include "unit.h"

#define ITEMS	3000
#define STEPS	60000

static int nodes, nodes_allowed = -1;
static char items[ITEMS];
static bool present[ITEMS];

struct radix_tree_node *radix_tree_node_alloc(gfp_t gfp)
{
	struct radix_tree_node *node;
	unsigned int i;

	CHECK(gfp == 7);
	if (nodes_allowed == 0)
		return NULL;
	if (nodes_allowed > 0)
		nodes_allowed--;
	node = host_malloc(sizeof(*node));
	node->count = 0;
	for (i = 0; i < RADIX_TREE_MAP_SIZE; i++)
		node->slots[i] = NULL;
	nodes++;
	return node;
}

void radix_tree_node_free(struct radix_tree_node *node)
{
	nodes--;
	host_free(node);
}

static void check_gang(struct radix_tree_root *root, unsigned int first)
{
	void *found[50];
	unsigned int n = radix_tree_gang_lookup(root, found, first, 50), i, next = first;

	for (i = 0; i < n; i++) {
		while (next < ITEMS && !present[next])
			next++;
		CHECK(next < ITEMS && found[i] == &items[next], "gang look-up from %u", first);
		next++;
	}
	if (n < 50)
		for (; next < ITEMS; next++)
			CHECK(!present[next], "gang look-up from %u misses %u", first, next);
}

static void check_next(struct radix_tree_root *root, unsigned int first)
{
	unsigned long index = first;
	void *item = radix_tree_next(root, &index);
	unsigned int next = first;

	while (next < ITEMS && !present[next])
		next++;
	if (next < ITEMS)
		CHECK(item == &items[next] && index == next, "the next item from %u", first);
	else
		CHECK(!item, "the next item from %u, where none is", first);
}

/* Runs stop at the first index that is taken, and the gap before that is known. */
static void check_run(struct radix_tree_root *root, unsigned int first)
{
	unsigned int max = unit_random(150), room = 0, i;
	void *run[150];

	if (max > ITEMS - first)
		max = ITEMS - first;
	for (i = 0; i < max; i++)
		run[i] = &items[first + i];
	while (room < max && !present[first + room])
		room++;
	CHECK(radix_tree_gap(root, first, max) == room, "the gap at %u", first);
	CHECK(radix_tree_insert_run(root, first, run, max) == room, "a run at %u", first);
	for (i = 0; i < room; i++)
		present[first + i] = true;
	/* Much of it goes again, or all would be full soon. */
	for (i = first; i < ITEMS && i < first + 200; i++)
		if (present[i] && unit_random(4)) {
			CHECK(radix_tree_delete(root, i) == &items[i]);
			present[i] = false;
		}
}

static void test_random(void)
{
	struct radix_tree_root root = RADIX_TREE_INIT(7);
	int step;
	unsigned int i;

	for (step = 0; step < STEPS; step++) {
		i = unit_random(step % 7 ? ITEMS : 70);
		CHECK(radix_tree_lookup(&root, i) == (present[i] ? &items[i] : NULL));
		if (unit_random(2)) {
			CHECK(radix_tree_insert(&root, i, &items[i]) == (present[i] ? -EEXIST : 0));
			present[i] = true;
		} else {
			CHECK(radix_tree_delete(&root, i) == (present[i] ? &items[i] : NULL));
			present[i] = false;
		}
		if (step % 100 == 0)
			check_gang(&root, i);
		if (step % 10 == 0)
			check_next(&root, i);
		if (step % 30 == 0)
			check_run(&root, i);
	}
	for (i = 0; i < ITEMS; i++)
		radix_tree_delete(&root, i);
	CHECK(nodes == 0 && root.rnode == NULL);
}

static void test_far_indexes(void)
{
	static const unsigned long far[] = { 0, 63, 64, 4095, 4096, 262143, 1UL << 24, 1UL << 30,
					     ~0UL - 1, ~0UL };
	struct radix_tree_root root = RADIX_TREE_INIT(7);
	unsigned int i, count = sizeof(far) / sizeof(far[0]);
	void *found[16];
	unsigned long index;

	for (i = 0; i < count; i++)
		CHECK(radix_tree_insert(&root, far[i], &items[i]) == 0);
	for (i = 1; i < count; i++) {
		index = far[i - 1] + 1;
		CHECK(radix_tree_next(&root, &index) == &items[i] && index == far[i]);
	}
	CHECK(radix_tree_gang_lookup(&root, found, 0, 16) == count);
	CHECK(radix_tree_gap(&root, 1, 1000) == 62 && radix_tree_gap(&root, 65, 1UL << 31) == 4030);
	CHECK(radix_tree_gap(&root, 262144, 1UL << 30) == (1UL << 24) - 262144);
	CHECK(radix_tree_gap(&root, (1UL << 30) + 1, 1UL << 20) == 1UL << 20);
	CHECK(radix_tree_gang_lookup(&root, found, ~0UL, 16) == 1 && found[0] == &items[count - 1]);
	for (i = 0; i < count; i++)
		CHECK(radix_tree_lookup(&root, far[i]) == &items[i]);
	CHECK(!radix_tree_lookup(&root, 65) && !radix_tree_lookup(&root, 1UL << 29));
	for (i = count; i-- > 0;)
		CHECK(radix_tree_delete(&root, far[i]) == &items[i]);
	CHECK(nodes == 0);
}

static void test_no_memory(void)
{
	struct radix_tree_root root = RADIX_TREE_INIT(7);
	int allowed, i;
	void *run[200];

	for (i = 0; i < 200; i++)
		run[i] = &items[i];
	CHECK(radix_tree_insert(&root, 5, &items[5]) == 0);
	for (allowed = 0;; allowed++) {
		int before = nodes, error;

		nodes_allowed = allowed;
		error = radix_tree_insert(&root, ~0UL, &items[6]);
		nodes_allowed = -1;
		CHECK(radix_tree_lookup(&root, 5) == &items[5]);
		if (!error)
			break;
		CHECK(error == -ENOMEM && radix_tree_lookup(&root, ~0UL) == NULL);
		CHECK(nodes >= before);
	}
	CHECK(radix_tree_lookup(&root, ~0UL) == &items[6]);
	/* A run that memory is short for: what it has put is there, and nothing else. */
	nodes_allowed = 1;
	CHECK(radix_tree_insert_run(&root, 60, run, 200) == 68);
	nodes_allowed = -1;
	for (i = 0; i < 200; i++)
		CHECK(radix_tree_delete(&root, 60 + i) == (i < 68 ? run[i] : NULL));
	CHECK(radix_tree_delete(&root, ~0UL) == &items[6] &&
	      radix_tree_delete(&root, 5) == &items[5]);
	CHECK(nodes == 0, "%d nodes are left", nodes);
}

int main(void)
{
	test_random();
	test_far_indexes();
	test_no_memory();
	return 0;
}
