/*
 * The 64 MB and what stands in them.
 */
#include "tests12.h"

static int in_data = 5;
int in_bss[2000];		/* more than data leaves of its last page */
extern char text_start[] __asm__("_start"), bss_end[] __asm__("_end");

static void test_space(void)
{
	volatile char *p;
	char *here = (char *)&p;

	EXPECT((unsigned long)text_start < 4096);
	EXPECT_EQ(5, in_data);
	EXPECT_EQ(0, in_bss[1999]);
	EXPECT((unsigned long)here < LIBRARY);
	for (p = (char *)0x00800000; p < (char *)SPACE_END; p += 0x00700000) {
		EXPECT_EQ(0, *p);
		*p = 1;
		EXPECT_EQ(1, *p);
	}
	p = (char *)SPACE_END - 1;
	EXPECT_EQ(0, *p);
}

static void test_text_is_writable(void)
{
	volatile unsigned char *p = (unsigned char *)text_start;
	unsigned char old = *p;
	long pid = syscall(NR_fork);

	if (!pid) {
		*p = 0x90;
		syscall(NR_exit, *p == 0x90 ? 7 : 1);
	}
	EXPECT_EQ(7 << 8, wait_for(pid));
	EXPECT_EQ(old, *p);
}

/* How a child that does this with an address dies. */
enum way { READ, WRITE, STRADDLE, JUMP, PUSH };

static long die_at(enum way way, unsigned long at)
{
	long pid = fork();

	if (pid)
		return wait_for(pid) & 0x7f;
	switch (way) {
	case READ:
		(void)*(volatile char *)at;
		break;
	case WRITE:
		*(volatile char *)at = 1;
		break;
	case STRADDLE:
		*(volatile long *)(at - 2) = 1;
		break;
	case JUMP:
		__asm__ __volatile__("jmp *%0" :: "r" (at));
		break;
	case PUSH:
		__asm__ __volatile__("movl %0, %%esp ; pushl %%eax" :: "r" (at + 64));
		break;
	}
	exit(0);
}

/* Nothing is behind it, in whatever way one goes there; nor is it where the kernel is. */
static void test_end_of_space(void)
{
	static const unsigned long places[] = { SPACE_END, SPACE_END + 0x1000, 0x08048000,
						0xbffffff0, 0xc0100000, 0xfffff000 };
	unsigned int i, way;

	for (i = 0; i < sizeof(places) / sizeof(*places); i++)
		for (way = READ; way <= PUSH; way++)
			EXPECT_EQ(SIGSEGV, die_at(way, places[i]));
}

/* Limits as the processor knows them: of both segments. */
static void test_limits_of_segments(void)
{
	unsigned long limit = 0;

	__asm__("lsl %1, %0" : "=r" (limit) : "r" (0x0f));
	EXPECT_EQ(SPACE_END - 1, limit);
	__asm__("lsl %1, %0" : "=r" (limit) : "r" (0x17));
	EXPECT_EQ(SPACE_END - 1, limit);
}

static void test_brk(void)
{
	unsigned long end = syscall(NR_brk, 0);
	/* The page of the first stack pointer, which stands below argv[], less 16 KB. */
	unsigned long top = ((unsigned long)(start_argv - 3) & ~4095UL) - 16384;

	EXPECT_EQ((unsigned long)bss_end, end);		/* not rounded up to a page */
	EXPECT_EQ(end + 100001, syscall(NR_brk, end + 100001));
	EXPECT_EQ(end + 100001, syscall(NR_brk, 16));	/* below the end of the text */
	EXPECT_EQ(end + 100001, syscall(NR_brk, top));
	EXPECT_EQ(end + 100001, syscall(NR_brk, -1));
	EXPECT_EQ(top - 1, syscall(NR_brk, top - 1));
	EXPECT_EQ(end, syscall(NR_brk, end));
	*(volatile char *)(end + 50000) = 1;		/* behind it: memory all the same */
}

/*
 * Nobody keeps a program from entering the code segment of today's, 0x23, whose calls are there
 * then: here mlockall() for what will be mapped.
 */
static void test_segment_of_today(void)
{
	long err, pid = fork();

	if (!pid) {
		__asm__ __volatile__("ljmp $0x23, $1f ; 1: int $0x80 ; ljmp $0x0f, $2f ; 2:"
				     : "=a" (err) : "a" (152), "b" (2) : "memory");
		EXPECT_EQ(0, err);
		EXPECT_EQ(0, syscall(NR_uselib, start_argv[0]));
		EXPECT_EQ(0, syscall(NR_uselib, 0));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
}

static void test_segments(void)
{
	unsigned short cs, ds, es, fs, gs, ss;

	__asm__("movw %%cs,%0 ; movw %%ds,%1 ; movw %%es,%2" : "=r" (cs), "=r" (ds), "=r" (es));
	__asm__("movw %%fs,%0 ; movw %%gs,%1 ; movw %%ss,%2" : "=r" (fs), "=r" (gs), "=r" (ss));
	EXPECT_EQ(0x0f, cs);
	EXPECT_EQ(0x17, ds);
	EXPECT_EQ(0x17, es);
	EXPECT_EQ(0x17, fs);
	EXPECT_EQ(0x17, gs);
	EXPECT_EQ(0x17, ss);
}

/* Called with "one", "two" and the environment A=1: by test_v012.py. */
static void test_arguments(void)
{
	char *last = start_argv[start_argc - 1];
	int n;

	EXPECT_EQ(0, start_argv[start_argc]);
	for (n = 0; start_envp[n]; n++)
		EXPECT(start_envp[n] > last);
	EXPECT((unsigned long)start_argv[0] >= ARG_PAGES);
	if (n)		/* the last string ends 4 bytes below the library */
		EXPECT_EQ(LIBRARY - 4,
			  (unsigned long)start_envp[n - 1] + strlen(start_envp[n - 1]) + 1);
	EXPECT(environ == start_envp);
	EXPECT((char *)start_argv < start_argv[0]);
	EXPECT(start_envp == start_argv + start_argc + 1);
}

/* A program's memory is its own, all of it, though nobody asked for it. */
static void test_fork_copies(void)
{
	volatile long *heap = (long *)0x00900004, *stack = (long *)0x03a00000;
	long pid;

	*heap = 1;
	*stack = 2;
	pid = fork();
	if (!pid) {
		*heap += 10;
		*stack += 10;
		exit(*heap + *stack);
	}
	EXPECT_EQ(23 << 8, wait_for(pid));
	EXPECT_EQ(1, *heap);
	EXPECT_EQ(2, *stack);
}

/* A file as a library: what it says from byte 1024 on stands at LIBRARY, zeroes behind it. */
static void test_uselib(void)
{
	char text[1100];
	volatile char *library = (char *)LIBRARY;
	long pid;

	memset(text, 'h', 1024);
	strcpy(text + 1024, "library");
	make_file("lib", text, 0444);			/* no right to execute, no header */
	EXPECT_EQ(0, syscall(NR_uselib, 0));
	library[3] = 'x';
	EXPECT_EQ(0, syscall(NR_uselib, "lib"));
	EXPECT_EQ(0, memcmp((char *)LIBRARY, "library", 8));
	EXPECT_EQ(0, library[4096]);
	EXPECT_EQ(0, library[0x3fffff]);
	library[0x3fffff] = 1;
	EXPECT_EQ(-ETXTBSY, open("lib", O_WRONLY, 0));
	EXPECT_EQ(-ENOENT, syscall(NR_uselib, "no such file"));
	EXPECT_EQ(-EACCES, syscall(NR_uselib, "."));
	EXPECT_EQ(0, memcmp((char *)LIBRARY, "library", 8));	/* it stays */
	library[0] = 'L';
	pid = fork();
	if (!pid) /* inherited, with what was written */
		exit(memcmp((char *)LIBRARY, "Library", 8) || library[0x3fffff] != 1);
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_EQ(0, syscall(NR_uselib, 0));
	EXPECT_EQ(0, library[0]);
	pid = open("lib", O_WRONLY, 0);
	EXPECT(pid >= 0);
	EXPECT_EQ(-ETXTBSY, syscall(NR_uselib, "lib"));
	EXPECT_EQ(0, library[0]);
	close(pid);
	EXPECT_EQ(0, syscall(NR_uselib, "lib"));
	EXPECT_EQ('l', library[0]);			/* what was written was the process' own */
	EXPECT_EQ(0, syscall(NR_uselib, 0));
	unlink("lib");
}

/*
 * A right to read is all that uselib() asks for, but another's file must be one to execute; what is
 * too large is cut off at the end.
 */
static void test_uselib_of_anything(void)
{
	volatile char *library = (char *)LIBRARY;
	long pid, fd;

	make_file("lib", "#!/bin/sh", 0600);
	make_file("readable", "text", 0644);
	make_file("own", "text", 0600);
	EXPECT_EQ(0, syscall(NR_chown, "own", 100, 100));
	chmod(".", 0755);
	pid = fork();
	if (!pid) {
		syscall(NR_setuid, 100);
		EXPECT_EQ(-EACCES, syscall(NR_uselib, "lib"));
		EXPECT_EQ(-EACCES, syscall(NR_uselib, "readable"));
		EXPECT_EQ(0, syscall(NR_uselib, "own"));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
	unlink("readable");
	unlink("own");
	EXPECT_EQ(0, syscall(NR_uselib, "lib"));		/* shorter than a header */
	EXPECT_EQ(0, library[0]);
	EXPECT_EQ(0, syscall(NR_uselib, 0));
	fd = open("lib", O_WRONLY, 0);
	EXPECT_EQ(0x400000 + 1023, syscall(NR_lseek, fd, 0x400000 + 1023, 0));
	EXPECT_EQ(2, write(fd, "en", 2));
	close(fd);
	EXPECT_EQ(0, syscall(NR_uselib, "lib"));
	EXPECT_EQ(0, library[0x3ffffe]);
	EXPECT_EQ('e', library[0x3fffff]);
	EXPECT_EQ(-ENOENT, syscall(NR_uselib, ""));
	EXPECT_EQ(0, mknod("fifo", S_IFIFO | 0600, 0));
	EXPECT_EQ(-EACCES, syscall(NR_uselib, "fifo"));		/* waits for no writer */
	EXPECT_EQ(0, unlink("fifo"));
	EXPECT_EQ(-EFAULT, syscall(NR_uselib, SPACE_END));
	EXPECT_EQ(0, syscall(NR_uselib, 0));
	unlink("lib");
}

const struct test memory_tests[] = {
	{ "space", test_space },
	{ "text_is_writable", test_text_is_writable },
	{ "end_of_space", test_end_of_space },
	{ "limits_of_segments", test_limits_of_segments },
	{ "brk", test_brk },
	{ "segments", test_segments },
	{ "segment_of_today", test_segment_of_today },
	{ "arguments", test_arguments },
	{ "fork_copies", test_fork_copies },
	{ "uselib", test_uselib },
	{ "uselib_of_anything", test_uselib_of_anything },
	{ 0, 0 },
};
