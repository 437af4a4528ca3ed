/*
 * lib/malloc.c - the heap of a program.
 *
 * Small blocks come in sizes of powers of two, 32 bytes to 64 KB, header included. Each size has a
 * list of free blocks; when it is empty, memory is taken from the end of the data segment (brk) and
 * cut up. A freed block goes back to its list and keeps its size for ever: simple and fast, at the
 * price of some memory. Larger blocks are mappings of their own (mmap), given back when freed.
 *
 *	 +--------------------+---------------------------+
 *	 | header, 16 bytes   | what the caller gets      |
 *	 | size  next free    | aligned to 16             |
 *	 +--------------------+---------------------------+
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SMALLEST	32
#define LARGEST		65536
#define NR_SIZES	12		/* 32, 64, ... 65536 */
#define REFILL		16384		/* bytes fetched at once for the smaller sizes */
#define PAGE_SIZE	4096

struct block {
	size_t size;			/* of the whole block */
	struct block *next;		/* only while free */
} __attribute__((aligned(16)));

static struct block *free_list[NR_SIZES];

/* Cuts new memory into blocks of one size. */
static int refill(int class, size_t size)
{
	size_t amount = size > REFILL ? size : REFILL;
	size_t gap = -(uintptr_t)sbrk(0) & 15;
	char *p = sbrk(amount + gap);

	if (p == (char *)-1)
		return -1;
	p += gap;
	for (char *end = p + amount; p < end; p += size) {
		struct block *b = (struct block *)p;

		b->size = size;
		b->next = free_list[class];
		free_list[class] = b;
	}
	return 0;
}

static void *map_large(size_t size)
{
	struct block *b;

	size = (size + PAGE_SIZE - 1) & -PAGE_SIZE;
	b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (b == MAP_FAILED)
		return NULL;
	b->size = size;
	return b + 1;
}

void *malloc(size_t size)
{
	struct block *b;
	size_t fit = SMALLEST;
	int class = 0;

	if (size > SIZE_MAX - 2 * PAGE_SIZE) {
		errno = ENOMEM;
		return NULL;
	}
	size += sizeof(struct block);
	if (size > LARGEST)
		return map_large(size);
	while (fit < size) {
		fit *= 2;
		class += 1;
	}
	if (!free_list[class] && refill(class, fit))
		return NULL;
	b = free_list[class];
	free_list[class] = b->next;
	return b + 1;
}

void free(void *p)
{
	struct block *b = (struct block *)p - 1;
	int class = 0;

	if (!p)
		return;
	if (b->size > LARGEST) {
		munmap(b, b->size);
		return;
	}
	for (size_t size = SMALLEST; size < b->size; size *= 2)
		class += 1;
	b->next = free_list[class];
	free_list[class] = b;
}

void *calloc(size_t n, size_t size)
{
	void *p;

	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	p = malloc(n * size);
	if (p)
		memset(p, 0, n * size);
	return p;
}

void *realloc(void *p, size_t size)
{
	size_t old;
	void *new;

	if (!p)
		return malloc(size);
	old = ((struct block *)p - 1)->size - sizeof(struct block);
	if (size <= old && (size > old / 4 || old < PAGE_SIZE))
		return p;
	new = malloc(size);
	if (!new)
		return NULL;
	memcpy(new, p, size < old ? size : old);
	free(p);
	return new;
}
