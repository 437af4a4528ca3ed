/*
 * lib.c - tests of the C library itself: heap, numbers, sorting, stdio, environment, commands.
 *
 * What the library shares with the kernel (strings, formatted output) is tested on the host, under
 * the sanitizers; here are the parts which only programs have.
 */
#include "usertests.h"
#include <ctype.h>
#include <setjmp.h>

/* Blocks of all sizes, filled, resized and freed in disorder, never overlap. */
static void heap(void)
{
	enum { COUNT = 200 };
	static unsigned char *blocks[COUNT];
	static size_t sizes[COUNT];

	srand(12);
	for (int round = 0; round < 5000; round++) {
		int i = rand() % COUNT;
		size_t size = rand() % 3 ? rand() % 300 : rand() % 100000, old = sizes[i];

		for (size_t k = 0; k < old; k += 1 + old / 7)
			EXPECT_EQ(i, blocks[i][k]);
		if (rand() % 3 == 0) {
			free(blocks[i]);
			blocks[i] = NULL;
			size = 0;
		} else {
			blocks[i] = realloc(blocks[i], size);
			EXPECT(blocks[i] != NULL);
			EXPECT_EQ(0, (unsigned long)blocks[i] % 16);
			for (size_t k = 0; k < old && k < size; k += 1 + old / 7)
				EXPECT_EQ(i, blocks[i][k]);
			memset(blocks[i], i, size);
		}
		sizes[i] = size;
	}
	EXPECT(malloc(0xfffffff0) == NULL && errno == ENOMEM);
	EXPECT(calloc(0x10000, 0x10001) == NULL && errno == ENOMEM);
	blocks[0] = calloc(100, 3);
	for (int k = 0; k < 300; k++)
		EXPECT_EQ(0, blocks[0][k]);
}

static void numbers(void)
{
	char *end;

	EXPECT_EQ(-42, strtol("  -42x", &end, 10));
	EXPECT_EQ('x', *end);
	EXPECT_EQ(255, strtol("0xff", NULL, 0));
	EXPECT_EQ(8, strtol("010", NULL, 0));
	EXPECT_EQ(35, strtol("Z", NULL, 36));
	errno = 0;
	EXPECT_EQ(LONG_MAX, strtol("99999999999", NULL, 10));
	EXPECT_EQ(ERANGE, errno);
	EXPECT_EQ(LONG_MIN, strtol("-99999999999", NULL, 10));
	errno = 0;
	EXPECT_EQ(LONG_MIN, strtol("-2147483648", NULL, 10));
	EXPECT_EQ(0, errno);
	EXPECT(strtoull("18446744073709551615", NULL, 10) == ULLONG_MAX);
	EXPECT_EQ(0, errno);
	EXPECT(strtoll("-9223372036854775808", NULL, 10) == LLONG_MIN);
	EXPECT_EQ(0, strtol("none", &end, 10));
	EXPECT_EQ('n', *end);
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sorting(void)
{
	int a[300], key;

	for (int n = 0; n < 300; n += 37) {
		for (int i = 0; i < n; i++)
			a[i] = rand() % 100;
		qsort(a, n, sizeof(a[0]), compare);
		for (int i = 1; i < n; i++)
			EXPECT(a[i - 1] <= a[i]);
	}
	for (int i = 0; i < 300; i++)
		a[i] = 2 * i;
	for (key = -1; key < 600; key++) {
		int *found = bsearch(&key, a, 300, sizeof(a[0]), compare);

		EXPECT(key >= 0 && key % 2 == 0 ? found == a + key / 2 : !found);
	}
}

static void buffered_files(void)
{
	char line[100];
	FILE *f = fopen("f", "w");

	EXPECT(f != NULL);
	for (int i = 0; i < 500; i++)
		EXPECT_EQ(10, fprintf(f, "line %04d\n", i));
	EXPECT_EQ(0, fclose(f));
	f = fopen("f", "r+");
	for (int i = 0; i < 500; i++) {
		char want[20];

		snprintf(want, sizeof(want), "line %04d\n", i);
		EXPECT(fgets(line, sizeof(line), f) != NULL);
		EXPECT_STR(want, line);
	}
	EXPECT(!fgets(line, sizeof(line), f));
	EXPECT(feof(f) && !ferror(f));
	EXPECT_EQ(0, fseek(f, 50, SEEK_SET));
	EXPECT_EQ('l', getc(f));
	EXPECT_EQ('X', ungetc('X', f));
	EXPECT_EQ('X', getc(f));
	EXPECT_EQ(51, ftell(f));
	EXPECT_EQ(4, fwrite("INES", 1, 4, f));
	EXPECT_EQ(55, ftell(f));
	EXPECT_EQ('0', getc(f));
	rewind(f);
	EXPECT_EQ(60, fread(line, 1, 60, f));
	EXPECT(!memcmp(line + 50, "lINES0005\n", 10));
	EXPECT_EQ(0, fclose(f));
	EXPECT(!fopen("missing", "r") && errno == ENOENT);
	EXPECT(!fopen("f", "q") && errno == EINVAL);
}

/* What is still in the buffer is written at exit, and only once after a fork. */
static void leave_output(void *arg)
{
	FILE *f = fopen("f", "w");

	(void)arg;
	fputs("first", f);
	exit(0);
}

static void exit_flushes(void)
{
	in_child(leave_output, NULL);
	expect_file("f", "first");
}

static void environment(void)
{
	EXPECT_OK(setenv("UT_NAME", "one", 1));
	EXPECT_STR("one", getenv("UT_NAME"));
	EXPECT_OK(setenv("UT_NAME", "two", 0));
	EXPECT_STR("one", getenv("UT_NAME"));
	EXPECT_OK(setenv("UT_OTHER", "x", 1));
	EXPECT_OK(setenv("UT_NAME", "two", 1));
	EXPECT_STR("two", getenv("UT_NAME"));
	EXPECT_OK(unsetenv("UT_NAME"));
	EXPECT(!getenv("UT_NAME"));
	EXPECT_STR("x", getenv("UT_OTHER"));
}

static void commands(void)
{
	char line[50];
	FILE *f;

	if (access("/bin/sh", X_OK))
		SKIP("no shell");
	EXPECT_EXIT(3, system("exit 3"));
	f = popen("echo through a pipe; exit 4", "r");
	EXPECT(f != NULL);
	EXPECT(fgets(line, sizeof(line), f) != NULL);
	EXPECT_STR("through a pipe\n", line);
	EXPECT_EXIT(4, pclose(f));
	f = popen("cat >f", "w");
	EXPECT(f != NULL);
	fputs("to a command", f);
	EXPECT_EXIT(0, pclose(f));
	expect_file("f", "to a command");
}

static void options(void)
{
	char *argv[] = { "prog", "-a", "-bvalue", "-cd", "-b", "next", "--", "-a", NULL };
	static const char expected[] = "abcdb";

	optind = 1;
	for (int i = 0; expected[i]; i++) {
		EXPECT_EQ(expected[i], getopt(8, argv, "ab:cd"));
		if (i == 1)
			EXPECT_STR("value", optarg);
		if (i == 4)
			EXPECT_STR("next", optarg);
	}
	EXPECT_EQ(-1, getopt(8, argv, "ab:cd"));
	EXPECT_EQ(7, optind);
}

static jmp_buf back;

static void __attribute__((noinline)) deeper(int n)
{
	if (n > 0)
		deeper(n - 1);
	else if (n == 0)
		longjmp(back, 0);	/* arrives as 1 */
}

static void jumps(void)
{
	volatile int kept = 5, value = setjmp(back);

	if (value == 0) {
		kept++;
		deeper(10);
	}
	EXPECT_EQ(1, value);
	EXPECT_EQ(6, kept);
}

static void temporary_files(void)
{
	char a[] = "tXXXXXX", b[] = "tXXXXXX", bad[] = "t";

	EXPECT_OK(mkstemp(a));
	EXPECT_OK(mkstemp(b));
	EXPECT(strcmp(a, b));
	EXPECT_OK(access(a, R_OK | W_OK));
	EXPECT_ERRNO(EINVAL, mkstemp(bad));
}

const struct test lib_tests[] = {
	{ "lib.heap", heap, 0 },
	{ "lib.numbers", numbers, 0 },
	{ "lib.sorting", sorting, 0 },
	{ "lib.buffered_files", buffered_files, 0 },
	{ "lib.exit_flushes", exit_flushes, 0 },
	{ "lib.environment", environment, 0 },
	{ "lib.commands", commands, 0 },
	{ "lib.options", options, 0 },
	{ "lib.jumps", jumps, 0 },
	{ "lib.temporary_files", temporary_files, 0 },
	{ NULL, NULL, 0 },
};
