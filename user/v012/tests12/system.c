/*
 * The system as a whole.
 */
#include "tests12.h"

static void test_numbers(void)
{
	static const int missing[] = { 17, 26, 31, 32, 35, 38, 44, 51, 52, 53, 56, 58, 62 };
	unsigned int i;

	for (i = 0; i < sizeof(missing) / sizeof(*missing); i++)
		EXPECT_EQ(-ENOSYS, syscall(missing[i], 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(NR_end, 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(162, 0, 0, 0));
	EXPECT_EQ(-ENOSYS, syscall(-1, 0, 0, 0));
	EXPECT_EQ(-EPERM, syscall(0, 0, 0, 0));		/* setup() was for init */
}

static void test_uname(void)
{
	char name[46];

	memset(name, 'x', sizeof(name));
	EXPECT_EQ(0, syscall(NR_uname, name));
	EXPECT_EQ(0, strcmp(name, "Linux"));
	EXPECT_EQ(0, strcmp(name + 18, "0"));
	EXPECT_EQ(0, strcmp(name + 27, "0.12"));
	EXPECT_EQ(0, strcmp(name + 36, "i386"));
	EXPECT_EQ('x', name[45]);
	EXPECT_EQ(-ERROR, syscall(NR_uname, 0));
}

static void test_clocks(void)
{
	long now, tv[2], tz[2], old = time(0);

	EXPECT_EQ(old, time(&now) == now ? old : 0);
	EXPECT(now >= old && now <= old + 2 && old > 1000000);
	EXPECT_EQ(0, syscall(NR_gettimeofday, tv, tz));
	EXPECT(tv[0] >= now && tv[0] <= now + 2 && tv[1] >= 0 && tv[1] < 1000000);
	now = time(0) + 1000;
	EXPECT_EQ(0, syscall(NR_stime, &now));
	EXPECT(time(0) >= now);
	EXPECT_EQ(0, syscall(NR_settimeofday, tv, 0));
	EXPECT(time(0) < now);
}

static void test_limits(void)
{
	long limit[2] = { 0, 0 }, old[2], pid;

	EXPECT_EQ(0, syscall(NR_getrlimit, 4, old));		/* RLIMIT_CORE */
	EXPECT(old[0] >= 0 && old[1] >= 0);			/* none: 0x7fffffff */
	pid = fork();
	if (!pid) {
		limit[0] = 0;
		limit[1] = 4096;
		EXPECT_EQ(0, syscall(NR_setrlimit, 4, limit));
		limit[1] = 0;
		EXPECT_EQ(0, syscall(NR_getrlimit, 4, limit));
		EXPECT_EQ(4096, limit[1]);
		syscall(NR_setuid, 100);
		limit[1] = 8192;
		EXPECT_EQ(-EPERM, syscall(NR_setrlimit, 4, limit));
		EXPECT_EQ(-EPERM, syscall(NR_stime, limit));
		EXPECT_EQ(-EPERM, syscall(NR_sethostname, "x", 1));
		exit(any_failed());
	}
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_EQ(-EINVAL, syscall(NR_getrlimit, 100, limit));
}

static void test_sethostname(void)
{
	char name[45], again[45];

	uname(name);
	EXPECT_EQ(0, syscall(NR_sethostname, "twelve", 6));
	uname(again);
	EXPECT_EQ(0, strcmp(again + 9, "twelve"));
	EXPECT_EQ(0, syscall(NR_sethostname, name + 9, strlen(name + 9)));
}

/* test_root012.py mounts; here is what must not work. */
static void test_mount_errors(void)
{
	make_file("file", "", 0600);
	EXPECT_EQ(-ENOENT, mount("/no/such/device", ".", 0));
	EXPECT_EQ(-ENOTBLK, mount("file", ".", 0));
	EXPECT_EQ(-ENOTBLK, umount("file"));
	EXPECT_EQ(-ENOENT, umount("/no/such/device"));
	unlink("file");
	EXPECT_EQ(0, syscall(NR_sync));
}

const struct test system_tests[] = {
	{ "numbers", test_numbers },
	{ "uname", test_uname },
	{ "clocks", test_clocks },
	{ "limits", test_limits },
	{ "sethostname", test_sethostname },
	{ "mount_errors", test_mount_errors },
	{ 0, 0 },
};
