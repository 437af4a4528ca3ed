/*
 * bench.h - what the files of bench share. The table of rows is in main.c.
 *
 * Under `qemu -icount shift=0` the clock advances by a nanosecond with each instruction of the
 * guest, so a time that passes is a number of instructions, the same in every run.
 */
#ifndef _BENCH_H
#define _BENCH_H

#include <sys/types.h>

#define BIG_PAGES	4096	/* 16 MB, of the rows on memory */
#define FILE_KB		8192	/* of the rows on one file */
#define COLD_KB		32768	/* of the file that is read from the disk */

typedef uint64_t u64;

/* A row: does n operations, and returns the nanoseconds that they took. */
typedef u64 row_fn(long n);

extern const char *dir;		/* where the rows on files have theirs */
extern const char *disk;	/* a directory on a disk */
extern const char *self;	/* the program's own path */
extern char buf[65536];		/* for anything */

/* ---- measure.c ---- */

/* Nanoseconds since some fixed moment. */
u64 now(void);

/*
 * Runs a row once to warm up, then three times, and prints its name and the median of what one
 * operation took; with `once` it is run once only.
 */
void measure(const char *name, row_fn *row, long n, int once);

/*
 * With -p measure() prints "profile NAME N" after the warm-up, waits for a line of input, so that
 * tools/profile can begin to look, and runs the row once.
 */
extern int profiling;

/* The result of a system call, which must not have failed: that ends the program. */
long must(long result, const char *what);

/* ---- helpers that are also rows of their own ---- */

/* Fresh anonymous memory; with a byte of each page written to. */
char *anonymous(size_t length);
char *touched(long pages);
/* Writes to, reads from each page. */
void touch(volatile char *m, long pages);
void look_at(volatile char *m, long pages);
/* What it takes to access so many pages, which are unmapped then. */
u64 time_faults(void (*access)(volatile char *, long), char *m, long pages);
/* Waits for a child, which must have ended with status 0. */
void reap(pid_t pid);
/* The path of a file in `dir`; good until the next one is asked for. */
const char *in_dir(const char *name, long number);
/* Forgets which names there are, and what is in files. */
void drop_caches(void);
/* Opens and closes a file n times; the time. */
u64 open_path(const char *path, long n);

/* ---- rows, by file ---- */

row_fn null_syscall, read1_zero, write1_null, pipe_self, stat_row, open_close, sig_install,
	sig_deliver;
row_fn fork_exit_wait, fork_big, fork_cow_page, fork_exec_wait, pingpong_rt, yield_2proc, pipe_64k,
	pipe_4k;
row_fn pf_anon_read, pf_anon_write, pf_read_then_wr, munmap_page, mmap_touch_unmap, mprotect_64pg,
	brk_grow_shrink;
row_fn file_create, file_delete, fwrite_64k, fwrite_1k, fread_64k, fread_1k, pf_file_read,
	pf_file_shwr;
/* A file on the disk, of which nothing is in memory. */
void write_cold(void);
void remove_cold(void);
row_fn disk_cold;


/* ---- growth.c: rows in surroundings that have much of something ---- */

/* 1,000 processes that sleep. */
void crowd(void);
void crowd_leaves(void);
/* 10,000 and 1,000 areas in the process. */
void scatter(void);
void scatter_little(void);
void gather(void);
row_fn munmap_scattered;
/* Directories: one with 5,000 names, and one below ten others. */
void make_names(void);
void remove_names(void);
row_fn open_5000_names, open_5000_cold, open_depth10;
/* Memory that is full. */
row_fn reclaim_page;

#endif
