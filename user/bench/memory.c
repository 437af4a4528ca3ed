/*
 * memory.c - rows on anonymous memory.
 */
#include "bench.h"
#include <show.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

char *anonymous(size_t length)
{
	char *m = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (m == MAP_FAILED)
		give_up("mmap");
	return m;
}

void touch(volatile char *m, long pages)
{
	for (long i = 0; i < pages; i++)
		m[i * PAGE_SIZE] = 1;
}

void look_at(volatile char *m, long pages)
{
	for (long i = 0; i < pages; i++)
		(void)m[i * PAGE_SIZE];
}

char *touched(long pages)
{
	char *m = anonymous(pages * PAGE_SIZE);

	touch(m, pages);
	return m;
}

u64 time_faults(void (*access)(volatile char *, long), char *m, long pages)
{
	u64 start = now();

	access(m, pages);
	start = now() - start;
	munmap(m, pages * PAGE_SIZE);
	return start;
}

u64 pf_anon_read(long n)
{
	return time_faults(look_at, anonymous(n * PAGE_SIZE), n);
}

u64 pf_read_then_wr(long n)
{
	char *m = anonymous(n * PAGE_SIZE);

	look_at(m, n);
	return time_faults(touch, m, n);
}

u64 pf_anon_write(long n)
{
	return time_faults(touch, anonymous(n * PAGE_SIZE), n);
}

u64 munmap_page(long n)
{
	char *m = touched(n);
	u64 start = now();

	munmap(m, n * PAGE_SIZE);
	return now() - start;
}

u64 mmap_touch_unmap(long n)
{
	u64 start = now();

	for (long i = 0; i < n; i++) {
		char *m = anonymous(65536);

		touch(m, 1);
		munmap(m, 65536);
	}
	return now() - start;
}

u64 mprotect_64pg(long n)
{
	char *m = touched(64);
	u64 start = now();

	for (long i = 0; i < n; i++) {
		must(mprotect(m, 64 * PAGE_SIZE, PROT_READ), "mprotect");
		must(mprotect(m, 64 * PAGE_SIZE, PROT_READ | PROT_WRITE), "mprotect");
	}
	start = now() - start;
	munmap(m, 64 * PAGE_SIZE);
	return start;
}

u64 brk_grow_shrink(long n)
{
	char *end = (char *)syscall(__NR_brk, 0);
	u64 start = now();

	for (long i = 0; i < n; i++) {
		if ((char *)syscall(__NR_brk, end + (1 << 20)) != end + (1 << 20))
			give_up("brk");
		end[PAGE_SIZE] = 1;
		syscall(__NR_brk, end);
	}
	return now() - start;
}
