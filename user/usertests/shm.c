/*
 * shm.c - tests of shared memory: System V segments from shmget to the last detach, POSIX objects,
 * shared anonymous mappings.
 */
#include "usertests.h"
#include <sys/ipc.h>
#include <sys/resource.h>
#include <sys/shm.h>

#define RW	(IPC_CREAT | 0600)

static int new_segment(size_t size)
{
	return EXPECT_OK(shmget(IPC_PRIVATE, size, RW));
}

static char *attach(int id)
{
	return (char *)EXPECT_OK(shmat(id, NULL, 0));
}

static struct shmid_ds stat_of(int id)
{
	struct shmid_ds ds;

	EXPECT_OK(shmctl(id, IPC_STAT, &ds));
	return ds;
}

static void remove_segment(int id)
{
	EXPECT_OK(shmctl(id, IPC_RMID, NULL));
}

/* ---- shmget ---- */

static void try_as_user(void *arg)
{
	int key = *(int *)arg;

	become_user();
	EXPECT_ERRNO(EACCES, shmget(key, 0, 0400));
	EXPECT_OK(shmget(key, 0, 0));
	EXPECT_ERRNO(EEXIST, shmget(key, PAGE, RW | IPC_EXCL));
}

static void get(void)
{
	int key = 0x7e570000 + getpid(), other;
	int id = EXPECT_OK(shmget(key, PAGE + 1, RW | IPC_EXCL));

	EXPECT_EQ(id, shmget(key, PAGE + 1, 0600));
	EXPECT_EQ(id, shmget(key, 0, 0));
	EXPECT_EQ(id, shmget(key, 100, RW));
	EXPECT_ERRNO(EEXIST, shmget(key, PAGE, RW | IPC_EXCL));
	EXPECT_ERRNO(EINVAL, shmget(key, PAGE + 2, 0));
	EXPECT_ERRNO(ENOENT, shmget(key + 0x100000, PAGE, 0));
	EXPECT_ERRNO(EINVAL, shmget(IPC_PRIVATE, 0, RW));
	EXPECT_ERRNO(EINVAL, shmget(IPC_PRIVATE, (size_t)-PAGE, RW));
	EXPECT_ERRNO(ENOMEM, shmget(IPC_PRIVATE, 0xf0000000, RW));
	in_child(try_as_user, &key);
	other = new_segment(1);
	EXPECT(other != id);
	remove_segment(other);
	remove_segment(id);
	EXPECT_ERRNO(EINVAL, shmctl(id, IPC_RMID, NULL));
	/* What takes its place has another identifier. */
	other = new_segment(1);
	EXPECT(other != id);
	EXPECT_ERRNO(EINVAL, shmat(id, NULL, 0));
	remove_segment(other);
}

/* ---- shmat and shmdt ---- */

static void child_writes(void *arg)
{
	char *p = attach(*(int *)arg);

	EXPECT_STR("parent", p);
	strcpy(p, "child");
	strcpy(p + PAGE, "child too");
}

static void shared(void)
{
	int id = new_segment(2 * PAGE);
	char *p = attach(id), *q = attach(id);

	EXPECT(p != q);
	EXPECT_EQ(0, p[0] | p[2 * PAGE - 1]);
	strcpy(p, "parent");
	EXPECT_STR("parent", q);
	in_child(child_writes, &id);
	EXPECT_STR("child", p);
	EXPECT_STR("child too", q + PAGE);
	EXPECT_EQ(2, stat_of(id).shm_nattch);
	EXPECT_OK(shmdt(p));
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p, READ);
	EXPECT_ERRNO(EINVAL, shmdt(p));
	EXPECT_STR("child", q);
	EXPECT_OK(shmdt(q));
	/* Contents stay without anybody attached. */
	p = attach(id);
	EXPECT_STR("child", p);
	EXPECT_OK(shmdt(p));
	remove_segment(id);
}

#define LBA	(4 * PAGE)	/* a multiple of it is an address to attach at on every machine */

static void addresses(void)
{
	int id = new_segment(2 * LBA);
	char *room = map_pages(20), *p;

	room = (char *)(((unsigned long)room + LBA - 1) & -LBA);
	EXPECT_ERRNO(EINVAL, shmat(id, room + 1, 0));
	EXPECT_ERRNO(EINVAL, shmat(id, room + LBA, 0));		/* taken */
	EXPECT_ERRNO(EINVAL, shmat(id, NULL, SHM_REMAP));
	EXPECT_ERRNO(EINVAL, shmat(id, room + 4 * LBA - 1, SHM_RND));
	EXPECT_ERRNO(EINVAL, shmat(id, (void *)0xfffff000, 0));
	EXPECT_ERRNO(EINVAL, shmat(-1, NULL, 0));
	room[0] = room[3 * LBA] = 'r';
	EXPECT_EQ(room + LBA, shmat(id, room + LBA, SHM_REMAP));
	EXPECT_EQ(0, room[LBA]);
	EXPECT_EQ('r', room[0] & room[3 * LBA]);
	EXPECT_OK(shmdt(room + LBA));
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, room + LBA, READ);
	EXPECT_EQ(room + LBA, shmat(id, room + LBA + 77, SHM_RND));
	EXPECT_ERRNO(EINVAL, shmdt(room + 2 * LBA));
	EXPECT_ERRNO(EINVAL, shmdt(room + LBA + 1));
	EXPECT_ERRNO(EINVAL, shmdt(room));
	EXPECT_OK(shmdt(room + LBA));
	p = (char *)EXPECT_OK(shmat(id, NULL, SHM_RDONLY));
	EXPECT_EQ(0, p[PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_ACCERR, p, WRITE);
	EXPECT_ERRNO(EACCES, mprotect(p, PAGE, PROT_READ | PROT_WRITE));
	EXPECT_OK(shmdt(p));
	remove_segment(id);
}

/* An attachment with a hole, cut up further by mprotect: shmdt() removes every part. */
static void parts(void)
{
	int id = new_segment(6 * PAGE);
	char *p = attach(id);

	EXPECT_OK(munmap(p + PAGE, PAGE));
	EXPECT_EQ(2, stat_of(id).shm_nattch);
	EXPECT_OK(mprotect(p + 3 * PAGE, PAGE, PROT_READ));
	p[0] = p[2 * PAGE] = p[5 * PAGE] = 1;
	EXPECT_EQ(p + PAGE, mmap(p + PAGE, PAGE, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
	p[PAGE] = 'm';
	EXPECT_OK(shmdt(p));
	EXPECT_EQ('m', p[PAGE]);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p, READ);
	EXPECT_FAULT(SIGSEGV, SEGV_MAPERR, p + 5 * PAGE, READ);
	EXPECT_EQ(0, stat_of(id).shm_nattch);
	remove_segment(id);
}

/* ---- fork, exec, exit ---- */

static void inherits(void *arg)
{
	char *p = *(char **)arg;

	EXPECT_STR("before fork", p);
	strcpy(p, "by the child");
	sleep_ms(100);
}

static void executes(void *arg)
{
	(void)arg;
	sleep_ms(50);
	execl("/bin/sleep", "sleep", "60", NULL);
}

static void over_fork(void)
{
	int id = new_segment(PAGE);
	char *p = attach(id);
	pid_t pid;

	strcpy(p, "before fork");
	pid = start(inherits, &p);
	sleep_ms(30);
	EXPECT_EQ(2, stat_of(id).shm_nattch);
	EXPECT_EXIT(0, finish(pid));
	EXPECT_EQ(1, stat_of(id).shm_nattch);
	EXPECT_STR("by the child", p);
	/* Detached by exec; and by a signal that kills. */
	pid = start(executes, NULL);
	sleep_ms(20);
	EXPECT_EQ(2, stat_of(id).shm_nattch);
	for (int i = 0; i < 100 && stat_of(id).shm_nattch == 2; i++)
		sleep_ms(20);
	EXPECT_EQ(1, stat_of(id).shm_nattch);
	kill(pid, SIGKILL);
	finish(pid);
	strcpy(p, "before fork");
	pid = start(inherits, &p);
	sleep_ms(20);
	EXPECT_OK(kill(pid, SIGKILL));
	EXPECT_KILLED(SIGKILL, finish(pid));
	EXPECT_EQ(1, stat_of(id).shm_nattch);
	remove_segment(id);
}

/* ---- removal ---- */

static void removal(void)
{
	int key = 0x7e580000 + getpid(), id = EXPECT_OK(shmget(key, 3 * PAGE, RW)), other;
	char *p = attach(id), *q;
	struct shmid_ds ds;

	memset(p, 'd', 3 * PAGE);
	remove_segment(id);
	ds = stat_of(id);
	EXPECT_EQ(SHM_DEST | 0600, ds.shm_perm.mode);
	EXPECT_EQ(IPC_PRIVATE, ds.shm_perm.key);
	EXPECT_ERRNO(ENOENT, shmget(key, 0, 0));
	other = EXPECT_OK(shmget(key, PAGE, RW | IPC_EXCL));	/* the key is free */
	q = attach(id);
	EXPECT_OK(shmdt(p));
	EXPECT_EQ('d', q[2 * PAGE]);
	EXPECT_OK(shmdt(q));
	EXPECT_ERRNO(EINVAL, shmctl(id, IPC_STAT, &ds));
	remove_segment(other);
}

/* ---- shmctl ---- */

static void control_as_user(void *arg)
{
	int id = *(int *)arg;
	struct shmid_ds ds;

	become_user();
	EXPECT_ERRNO(EACCES, shmctl(id, IPC_STAT, &ds));
	EXPECT_ERRNO(EACCES, shmat(id, NULL, 0));
	EXPECT_ERRNO(EACCES, shmat(id, NULL, SHM_RDONLY));
	EXPECT_ERRNO(EPERM, shmctl(id, IPC_RMID, NULL));
	EXPECT_ERRNO(EPERM, shmctl(id, IPC_SET, &ds));
	EXPECT_ERRNO(EPERM, shmctl(id, SHM_LOCK, NULL));
}

static void use_as_owner(void *arg)
{
	int id = *(int *)arg;
	struct shmid_ds ds;
	char *p;

	become_user();
	p = (char *)EXPECT_OK(shmat(id, NULL, SHM_RDONLY));
	EXPECT_OK(shmdt(p));
	EXPECT_ERRNO(EACCES, shmat(id, NULL, 0));
	ds = stat_of(id);
	ds.shm_perm.mode = 0600;
	EXPECT_OK(shmctl(id, IPC_SET, &ds));
	EXPECT_OK(shmdt(attach(id)));
}

/* RLIMIT_MEMLOCK counts all that the user has locked, until it is unlocked or gone. */
static void locks_as_user(void *arg)
{
	struct rlimit limit = { 16 * PAGE, 16 * PAGE };
	int first, second;

	(void)arg;
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &limit));
	become_user();
	first = new_segment(10 * PAGE);
	second = new_segment(10 * PAGE);
	EXPECT_OK(shmctl(first, SHM_LOCK, NULL));
	EXPECT_OK(shmctl(first, SHM_LOCK, NULL));
	EXPECT_ERRNO(ENOMEM, shmctl(second, SHM_LOCK, NULL));
	EXPECT_OK(shmctl(first, SHM_UNLOCK, NULL));
	EXPECT_OK(shmctl(second, SHM_LOCK, NULL));
	EXPECT_ERRNO(ENOMEM, shmctl(first, SHM_LOCK, NULL));
	remove_segment(second);
	EXPECT_OK(shmctl(first, SHM_LOCK, NULL));
	limit.rlim_cur = 0;
	EXPECT_OK(setrlimit(RLIMIT_MEMLOCK, &limit));
	EXPECT_OK(shmctl(first, SHM_UNLOCK, NULL));
	EXPECT_ERRNO(EPERM, shmctl(first, SHM_LOCK, NULL));
	remove_segment(first);
}

static void lock_limit(void)
{
	in_child(locks_as_user, NULL);
}

static void control(void)
{
	int id = new_segment(PAGE + 7);
	struct shmid_ds ds = stat_of(id);
	time_t now = time(NULL);

	EXPECT_EQ(PAGE + 7, ds.shm_segsz);
	EXPECT_EQ(0600, ds.shm_perm.mode);
	EXPECT_EQ(0, ds.shm_nattch);
	EXPECT_EQ(getpid(), ds.shm_cpid);
	EXPECT_EQ(0, ds.shm_lpid);
	EXPECT(ds.shm_atime == 0 && ds.shm_dtime == 0 && now - ds.shm_ctime < 3);
	EXPECT_OK(shmdt(attach(id)));
	ds = stat_of(id);
	EXPECT_EQ(getpid(), ds.shm_lpid);
	EXPECT(now - ds.shm_atime < 3 && now - ds.shm_dtime < 3);
	in_child(control_as_user, &id);
	ds.shm_perm.uid = TEST_UID;
	ds.shm_perm.mode = 07400;
	EXPECT_OK(shmctl(id, IPC_SET, &ds));
	ds = stat_of(id);
	EXPECT_EQ(TEST_UID, ds.shm_perm.uid);
	EXPECT_EQ(geteuid(), ds.shm_perm.cuid);
	EXPECT_EQ(0400, ds.shm_perm.mode);
	in_child(use_as_owner, &id);
	EXPECT_OK(shmctl(id, SHM_LOCK, NULL));
	EXPECT_EQ(SHM_LOCKED | 0600, stat_of(id).shm_perm.mode);
	EXPECT_OK(shmctl(id, SHM_UNLOCK, NULL));
	EXPECT_EQ(0600, stat_of(id).shm_perm.mode);
	EXPECT_ERRNO(EFAULT, shmctl(id, IPC_STAT, (void *)16));
	EXPECT_ERRNO(EFAULT, shmctl(id, IPC_SET, (void *)16));
	EXPECT_ERRNO(EINVAL, shmctl(id, 77, NULL));
	EXPECT_ERRNO(EINVAL, shmctl(-5, IPC_STAT, &ds));
	remove_segment(id);
}

static void information(void)
{
	int id = new_segment(5 * PAGE), found = 0, max;
	struct shm_info before, after;
	struct shminfo limits;
	struct shmid_ds ds;
	char *p = attach(id);

	max = EXPECT_OK(shmctl(0, IPC_INFO, &limits));
	EXPECT_EQ(1, limits.shmmin);
	EXPECT(limits.shmmni >= 100 && limits.shmmax >= 1 << 25);
	EXPECT_EQ(max, shmctl(0, SHM_INFO, &before));
	EXPECT(before.used_ids >= 1 && before.shm_tot >= 5);
	p[0] = p[3 * PAGE] = 1;
	EXPECT_OK(shmctl(0, SHM_INFO, &after));
	EXPECT_EQ(before.shm_rss + before.shm_swp + 2, after.shm_rss + after.shm_swp);
	for (int i = 0; i <= max; i++)
		found += shmctl(i, SHM_STAT, &ds) == id && ds.shm_segsz == 5 * PAGE;
	EXPECT_EQ(1, found);
	EXPECT_ERRNO(EINVAL, shmctl(max + 1, SHM_STAT, &ds));
	remove_segment(id);
}

/* The line of /proc/sysvipc/shm. */
static void in_proc(void)
{
	int id = new_segment(12345), fd = EXPECT_OK(open("/proc/sysvipc/shm", O_RDONLY)), n;
	char buf[4096], wanted[64];

	n = EXPECT_OK(read(fd, buf, sizeof(buf) - 1));
	buf[n] = 0;
	snprintf(wanted, sizeof(wanted), "\n%10d %10d   600 %10d %5d %5d  %5d ", 0, id, 12345,
		 getpid(), 0, 0);
	EXPECT(strstr(buf, wanted));
	close(fd);
	remove_segment(id);
}

/* The promise of memory is made when the segment is. */
static void promised(void)
{
	long before = meminfo("Committed_AS:");
	int id = new_segment(1 << 20);

	EXPECT_EQ(before + 1024, meminfo("Committed_AS:"));
	remove_segment(id);
	EXPECT_EQ(before, meminfo("Committed_AS:"));
	id = EXPECT_OK(shmget(IPC_PRIVATE, 1 << 20, RW | SHM_NORESERVE));
	EXPECT_EQ(before, meminfo("Committed_AS:"));
	remove_segment(id);
}

/* ---- in swap ---- */

#define SWAPPED	64

static long pages_in_swap(void)
{
	struct shm_info info;

	EXPECT_OK(shmctl(0, SHM_INFO, &info));
	return info.shm_swp;
}

static void check_numbers(void *arg)
{
	unsigned int *p = arg;

	for (unsigned int i = 0; i < SWAPPED; i++) {
		EXPECT_EQ(i * 3 + 1, p[i * PAGE / 4]);
		EXPECT_EQ(i * 3 + 2, p[(i + 1) * PAGE / 4 - 1]);
	}
}

/*
 * KB of swap that are free, or only used by what others have sent there since vmstat's pswpout was
 * `since`: on a small machine they do all the time.
 */
static long slots_free(long since)
{
	long others = proc_number("/proc/vmstat", "pswpout ") - since;

	return meminfo("SwapFree:") + meminfo("SwapCached:") + others * (PAGE / 1024);
}

static void in_swap(void)
{
	int id = new_segment(SWAPPED * PAGE);
	unsigned int *p = (unsigned int *)attach(id);
	long slots = meminfo("SwapFree:"), before = pages_in_swap();
	long out = proc_number("/proc/vmstat", "pswpout ");

	if (!meminfo("SwapTotal:"))
		SKIP("no swap");
	for (unsigned int i = 0; i < SWAPPED; i++) {
		p[i * PAGE / 4] = i * 3 + 1;
		p[(i + 1) * PAGE / 4 - 1] = i * 3 + 2;
	}
	/* Locked: it stays, and what is touched comes back to stay. */
	EXPECT_OK(shmctl(id, SHM_LOCK, NULL));
	check_numbers(p);
	EXPECT_OK(madvise(p, SWAPPED * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(before, pages_in_swap());
	EXPECT_OK(shmctl(id, SHM_UNLOCK, NULL));
	check_numbers(p);
	EXPECT_OK(madvise(p, SWAPPED * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(before + SWAPPED, pages_in_swap());
	EXPECT_OK(shmctl(id, SHM_LOCK, NULL));
	in_child(check_numbers, p);
	EXPECT_EQ(before, pages_in_swap());
	check_numbers(p);
	EXPECT(slots_free(out + SWAPPED) >= slots);
	EXPECT_OK(shmctl(id, SHM_UNLOCK, NULL));
	/* Removed while it is in swap: the slots are free again. */
	EXPECT_OK(madvise(p, SWAPPED * PAGE, MADV_PAGEOUT));
	EXPECT_EQ(before + SWAPPED, pages_in_swap());
	remove_segment(id);
	EXPECT_OK(shmdt(p));
	EXPECT_EQ(before, pages_in_swap());
	EXPECT(slots_free(out + 2 * SWAPPED) >= slots);
}

/* For tests/test_tmpfs.py: more than there is memory, seen by two processes in turn. */
#define LARGER	(20 << 20)

static void changes_all(void *arg)
{
	unsigned int *p = arg;

	for (unsigned int i = 0; i < LARGER / 4; i += 500) {
		EXPECT_EQ(i * 7, p[i]);
		p[i] = i * 9;
	}
}

static void larger(void)
{
	int id = new_segment(LARGER);
	unsigned int *p = (unsigned int *)attach(id);

	remove_segment(id);
	for (unsigned int i = 0; i < LARGER / 4; i += 500)
		p[i] = i * 7;
	in_child(changes_all, p);
	for (unsigned int i = 0; i < LARGER / 4; i += 500)
		EXPECT_EQ(i * 9, p[i]);
}

/* ---- POSIX ---- */

static void child_posix(void *arg)
{
	int fd = EXPECT_OK(shm_open("/ut-object", O_RDWR, 0));
	char *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	(void)arg;
	EXPECT_STR("hello", p);
	strcpy(p, "goodbye");
}

static void posix(void)
{
	char *p;
	int fd;

	shm_unlink("/ut-object");
	EXPECT_ERRNO(ENOENT, shm_open("/ut-object", O_RDWR, 0600));
	fd = EXPECT_OK(shm_open("/ut-object", O_RDWR | O_CREAT | O_EXCL, 0600));
	EXPECT_ERRNO(EEXIST, shm_open("/ut-object", O_RDWR | O_CREAT | O_EXCL, 0600));
	EXPECT_EQ(FD_CLOEXEC, fcntl(fd, F_GETFD));
	p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	EXPECT_FAULT(SIGBUS, BUS_ADRERR, p, READ);	/* it is empty */
	EXPECT_OK(ftruncate(fd, PAGE));
	strcpy(p, "hello");
	in_child(child_posix, NULL);
	EXPECT_OK(shm_unlink("/ut-object"));
	EXPECT_ERRNO(ENOENT, shm_unlink("/ut-object"));
	EXPECT_STR("goodbye", p);
	EXPECT_ERRNO(EINVAL, shm_open("/a/b", O_RDWR | O_CREAT, 0600));
	EXPECT_ERRNO(EINVAL, shm_open("/", O_RDWR | O_CREAT, 0600));
}

/* ---- shared anonymous memory ---- */

static void writes_all(void *arg)
{
	volatile char *p = arg;

	for (int i = 0; i < 8; i++)
		p[i * PAGE] = 'a' + i;
}

static void anonymous(void)
{
	char *p = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char line[512], range[16];
	int fd, n;

	EXPECT(p != MAP_FAILED);
	in_child(writes_all, p);
	for (int i = 0; i < 8; i++)
		EXPECT_EQ('a' + i, p[i * PAGE]);
	snprintf(range, sizeof(range), "%08lx", (unsigned long)p);
	fd = EXPECT_OK(open("/proc/self/maps", O_RDONLY));
	for (n = 0; n < (int)sizeof(line) - 1 && read(fd, line + n, 1) == 1; n++) {
		if (line[n] != '\n')
			continue;
		line[n] = 0;
		if (!strncmp(line, range, 8))
			break;
		n = -1;
	}
	EXPECT(strstr(line, "rw-s") && strstr(line, "/dev/zero (deleted)"));
	close(fd);
}

const struct test shm_tests[] = {
	{ "shm.get", get, NEEDS_ROOT },
	{ "shm.shared", shared, 0 },
	{ "shm.addresses", addresses, 0 },
	{ "shm.parts", parts, 0 },
	{ "shm.over_fork", over_fork, 0 },
	{ "shm.removal", removal, 0 },
	{ "shm.control", control, NEEDS_ROOT },
	{ "shm.lock_limit", lock_limit, NEEDS_ROOT },
	{ "shm.information", information, 0 },
	{ "shm.proc", in_proc, 0 },
	{ "shm.promised", promised, 0 },
	{ "shm.in_swap", in_swap, 0 },
	{ "shm.larger", larger, SLOW },
	{ "shm.posix", posix, 0 },
	{ "shm.anonymous", anonymous, 0 },
	{ NULL, NULL, 0 },
};
