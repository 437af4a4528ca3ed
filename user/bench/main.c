/*
 * bench - what the kernel costs, operation by operation, in instructions. `make bench` runs it on a
 * machine whose clock counts them; docs/speed.md says what it is compared with.
 *
 *	bench [-d DIR] [-D DISK] [-p] [ROW...]
 *
 * DIR is where the rows on files have theirs; DISK is a directory on a disk, for disk_cold, which
 * is left out without it. -p: as tools/profile wants it.
 */
#include "bench.h"
#include <show.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *dir = ".", *disk, *self;
char buf[65536];

struct row {
	const char *name;
	row_fn *run;
	long n;			/* operations in a round */
	int once;		/* there is but one first time */
};

/* Rows that want the same surroundings. */
struct group {
	struct row rows[32];
	void (*prepare)(void), (*clean_up)(void);
};

static const struct group groups[] = {
	{ .rows = {
		{ "null_syscall", null_syscall, 10000, 0 },
		{ "read1_zero", read1_zero, 5000, 0 },
		{ "write1_null", write1_null, 5000, 0 },
		{ "pipe_self_w1r1", pipe_self, 2000, 0 },
		{ "stat", stat_row, 2000, 0 },
		{ "open_close", open_close, 2000, 0 },
		{ "sig_install", sig_install, 5000, 0 },
		{ "sig_deliver", sig_deliver, 2000, 0 },
		{ "fork_exit_wait", fork_exit_wait, 200, 0 },
		{ "fork_big", fork_big, 10, 0 },
		{ "fork_cow_page", fork_cow_page, BIG_PAGES, 0 },
		{ "fork_exec_wait", fork_exec_wait, 50, 0 },
		{ "pf_anon_read", pf_anon_read, BIG_PAGES, 0 },
		{ "pf_anon_write", pf_anon_write, BIG_PAGES, 0 },
		{ "pf_read_then_wr", pf_read_then_wr, BIG_PAGES, 0 },
		{ "munmap_page", munmap_page, BIG_PAGES, 0 },
		{ "mmap_touch_unmap", mmap_touch_unmap, 1000, 0 },
		{ "mprotect_64pg", mprotect_64pg, 500, 0 },
		{ "brk_grow_shrink", brk_grow_shrink, 500, 0 },
		{ "pingpong_rt", pingpong_rt, 2000, 0 },
		{ "yield_2proc", yield_2proc, 5000, 0 },
		{ "pipe_64k", pipe_64k, 8192, 0 },
		{ "pipe_4k", pipe_4k, 8192, 0 },
		{ "file_create", file_create, 200, 0 },
		{ "file_delete", file_delete, 200, 0 },
		{ "fwrite_64k", fwrite_64k, FILE_KB, 0 },
		{ "fwrite_1k", fwrite_1k, FILE_KB, 0 },
		{ "fread_64k", fread_64k, FILE_KB, 0 },
		{ "fread_1k", fread_1k, FILE_KB, 0 },
		{ "pf_file_read", pf_file_read, FILE_KB / 4, 0 },
		{ "pf_file_shwr", pf_file_shwr, FILE_KB / 4, 0 },
	} },
	{ .rows = {
		{ "disk_cold", disk_cold, COLD_KB, 1 },
	}, write_cold, remove_cold },
	{ .rows = {
		{ "reclaim_page", reclaim_page, 3072, 1 },
	} },
	{ .rows = {
		{ "null_1000p", null_syscall, 5000, 0 },
		{ "pingpong_1000p", pingpong_rt, 1000, 0 },
		{ "pf_write_1000p", pf_anon_write, 1024, 0 },
	}, crowd, crowd_leaves },
	{ .rows = {
		{ "null_10000v", null_syscall, 5000, 0 },
		{ "pingpong_10000v", pingpong_rt, 1000, 0 },
		{ "pf_write_10000v", pf_anon_write, 1024, 0 },
		{ "munmap_10000v", munmap_scattered, 500, 0 },
	}, scatter, gather },
	{ .rows = {
		{ "fork_1000v", fork_exit_wait, 10, 0 },
	}, scatter_little, gather },
	{ .rows = {
		{ "open_5000n", open_5000_names, 500, 0 },
		{ "open_5000n_cold", open_5000_cold, 20, 0 },
		{ "open_depth10", open_depth10, 500, 0 },
	}, make_names, remove_names },
};

static char **names;		/* of the rows asked for; none: all */

static int wanted(const struct row *row)
{
	if (!row->name || (row->run == disk_cold && !disk))
		return 0;
	for (char **name = names; *name; name++)
		if (!strcmp(*name, row->name))
			return 1;
	return !*names;
}

static void run_group(const struct group *group)
{
	int any = 0;

	for (const struct row *row = group->rows; row->name; row++)
		any |= wanted(row);
	if (!any)
		return;
	if (group->prepare)
		group->prepare();
	for (const struct row *row = group->rows; row->name; row++)
		if (wanted(row))
			measure(row->name, row->run, row->n, row->once);
	if (group->clean_up)
		group->clean_up();
}

int main(int argc, char **argv)
{
	int option;

	self = argv[0];
	if (argc == 2 && !strcmp(argv[1], "--nothing"))
		return 0;			/* fork_exec_wait executes this */
	while ((option = getopt(argc, argv, "d:D:p")) != -1)
		switch (option) {
		case 'd':
			dir = optarg;
			break;
		case 'D':
			disk = optarg;
			break;
		case 'p':
			profiling = 1;
			break;
		default:
			return 2;
		}
	names = argv + optind;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		run_group(&groups[i]);
	return 0;
}
