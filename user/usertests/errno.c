/*
 * errno.c - errors of the memory calls that need a situation of their own: no room for another
 * VMA, tables of System V objects that are full, pages that cannot be locked, file systems that
 * forbid execution, limits of threads. What needs nothing but wrong arguments is in vmcall.c,
 * shm.c, ipc.c, futex.c, threads.c and swap.c.
 */
#include "usertests.h"
#include <sched.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define ANON		(MAP_PRIVATE | MAP_ANONYMOUS)
#define RW		(PROT_READ | PROT_WRITE)
#define CREATE		(IPC_CREAT | 0600)
#define BAD		((void *)16)

static void need_memory(int mb)
{
	if (meminfo("MemTotal:") < mb * 1024)
		SKIP("too little memory");
}

static void set_limit(int which, unsigned long value)
{
	struct rlimit limit = { value, value };

	EXPECT_OK(setrlimit(which, &limit));
}

/* ---- one VMA more ---- */

#define MANY_PAGES	70000	/* more than a process may have VMAs */

/* Cuts the range until not one VMA more is allowed; what it ends with is still in one piece. */
static char *use_up_vmas(void)
{
	char *p = (char *)EXPECT_OK(
		mmap(NULL, MANY_PAGES * PAGE, PROT_NONE, ANON | MAP_NORESERVE, -1, 0));
	int n = 0;

	while (n < MANY_PAGES / 2 && mprotect(p + 2 * n * PAGE, PAGE, PROT_READ) == 0)
		n++;
	EXPECT_EQ(ENOMEM, errno);
	EXPECT(n > 20000 && n < MANY_PAGES / 2 - 100);
	p += (MANY_PAGES - 100) * PAGE;
	for (n = 0; n < 10 && munmap(p + 2 * n * PAGE, PAGE) == 0; n++)
		;
	EXPECT(n < 10);
	EXPECT_EQ(ENOMEM, errno);
	return p + 40 * PAGE;
}

static void too_many_vmas(void)
{
	int id = EXPECT_OK(shmget(IPC_PRIVATE, PAGE, CREATE));
	char *p;

	need_memory(48);
	p = use_up_vmas();
	EXPECT_ERRNO(ENOMEM, mmap(NULL, PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	EXPECT_ERRNO(ENOMEM, munmap(p, PAGE));
	EXPECT_ERRNO(ENOMEM, mprotect(p, PAGE, PROT_READ));
	EXPECT_ERRNO(ENOMEM, mremap(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mlock, p, PAGE));
	EXPECT_ERRNO(EAGAIN, madvise(p, PAGE, MADV_RANDOM));
	EXPECT_ERRNO(ENOMEM, shmat(id, NULL, 0));
	EXPECT_OK(munmap(p + 50 * PAGE, 10 * PAGE));	/* not in the middle: adds none */
	EXPECT_OK(shmctl(id, IPC_RMID, NULL));
}

/* ---- limits ---- */

static void address_space(void)
{
	int id = EXPECT_OK(shmget(IPC_PRIVATE, 4 << 20, CREATE | SHM_NORESERVE));
	char *p = map_pages(2);

	set_limit(RLIMIT_AS, 3 << 20);
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 4 << 20, RW, ANON, -1, 0));
	EXPECT_ERRNO(ENOMEM, mmap(NULL, 4 << 20, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	EXPECT_ERRNO(ENOMEM, mremap(p, 2 * PAGE, 4 << 20, MREMAP_MAYMOVE));
	EXPECT_ERRNO(ENOMEM, brk((char *)sbrk(0) + (4 << 20)));
	EXPECT_ERRNO(ENOMEM, shmat(id, NULL, 0));
	EXPECT_OK(shmctl(id, IPC_RMID, NULL));
}

static int ends(void *arg)
{
	(void)arg;
	return 0;
}

static void clone_as_user(void *arg)
{
	int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
	char *stack = map_pages(2) + 2 * PAGE;

	(void)arg;
	become_user();
	set_limit(RLIMIT_NPROC, 1);
	EXPECT_ERRNO(EAGAIN, clone(ends, stack, flags, NULL, NULL, NULL));
	EXPECT_ERRNO(EAGAIN, clone(ends, stack, SIGCHLD, NULL, NULL, NULL));
	EXPECT_ERRNO(EAGAIN, fork());
	EXPECT_ERRNO(EAGAIN, vfork());
}

static void clone_limit(void)
{
	in_child(clone_as_user, NULL);
}

/* Words: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, and one more. */
static void clone3_refuses(void)
{
	static const struct {
		unsigned long long args[9];
		size_t size;
		int error;
	} rows[] = {
		{ { 0 }, 63, EINVAL },
		{ { 0 }, 5000, E2BIG },
		{ { [8] = 1 }, 72, E2BIG },		/* what we do not know must be 0 */
		{ { [0] = 1ULL << 40 }, 64, EINVAL },
		{ { [0] = SIGCHLD }, 64, EINVAL },	/* has a field of its own */
		{ { [4] = 65 }, 64, EINVAL },
		{ { [0] = CLONE_THREAD }, 64, EINVAL },
		{ { [0] = CLONE_SIGHAND }, 64, EINVAL },
		{ { [0] = CLONE_PARENT, [4] = SIGCHLD }, 64, EINVAL },
		{ { [5] = 0x10000 }, 64, EINVAL },	/* a stack without a size */
		{ { [6] = 0x10000 }, 64, EINVAL },
		{ { [5] = 0xfff00000, [6] = 0x10000 }, 64, EINVAL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		long pid = syscall(__NR_clone3, rows[i].args, rows[i].size);

		if (pid == 0)
			_exit(1);
		if (pid != -1 || errno != rows[i].error)
			FAIL("expected row %d of clone3 to fail with %d, saw %ld, errno %d", (int)i,
			     rows[i].error, pid, errno);
	}
	EXPECT_ERRNO(EFAULT, syscall(__NR_clone3, BAD, 64));
	EXPECT_ERRNO(EINVAL, syscall(__NR_clone3, NULL, 0));
}

/* ---- locking ---- */

/* What cannot be brought in cannot be locked: behind the end of a file, and without any right. */
static void lock_unreachable(void)
{
	int fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));
	char *file = (char *)EXPECT_OK(mmap(NULL, 2 * PAGE, RW, MAP_SHARED, fd, 0));
	char *none = (char *)EXPECT_OK(mmap(NULL, PAGE, PROT_NONE, ANON, -1, 0));
	unsigned char vec[2];

	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_OK(syscall(__NR_mlock, file, PAGE));
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mlock, file, 2 * PAGE));
	EXPECT_OK(ftruncate(fd, 2 * PAGE));
	EXPECT_OK(syscall(__NR_mlock, file, 2 * PAGE));
	EXPECT_OK(syscall(__NR_mincore, file, 2 * PAGE, vec));
	EXPECT_EQ(1, vec[1] & 1);
	EXPECT_ERRNO(ENOMEM, syscall(__NR_mlock, none, PAGE));
	EXPECT_OK(mlockall(MCL_CURRENT));	/* guard pages are nothing special */
	EXPECT_OK(munlockall());
}

static void lock_future(void *arg)
{
	(void)arg;
	set_limit(RLIMIT_MEMLOCK, 1 << 20);
	become_user();
	EXPECT_OK(mlockall(MCL_FUTURE));
	EXPECT_OK(mmap(NULL, PAGE, RW, ANON, -1, 0));
	EXPECT_ERRNO(EAGAIN, mmap(NULL, 1 << 20, RW, ANON, -1, 0));
	EXPECT_ERRNO(ENOMEM, brk((char *)sbrk(0) + (1 << 20)));
}

/* A segment is locked by its owner, as far as his limit goes. */
static void lock_segment(void *arg)
{
	int id;

	(void)arg;
	become_user();
	id = EXPECT_OK(shmget(IPC_PRIVATE, 4 * PAGE, CREATE));
	set_limit(RLIMIT_MEMLOCK, 2 * PAGE);
	EXPECT_ERRNO(ENOMEM, shmctl(id, SHM_LOCK, NULL));
	set_limit(RLIMIT_MEMLOCK, 0);
	EXPECT_ERRNO(EPERM, shmctl(id, SHM_LOCK, NULL));
	EXPECT_OK(shmctl(id, IPC_RMID, NULL));
}

static void lock_limits(void)
{
	in_child(lock_future, NULL);
	in_child(lock_segment, NULL);
}

/* ---- file systems that forbid execution ---- */

static void noexec(void)
{
	char *p;
	int fd;

	EXPECT_OK(mkdir("dir", 0755));
	EXPECT_OK(mount("none", "dir", "tmpfs", MS_NOEXEC, NULL));
	fd = EXPECT_OK(open("dir/file", O_RDWR | O_CREAT, 0755));
	EXPECT_OK(ftruncate(fd, PAGE));
	EXPECT_ERRNO(EPERM, mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0));
	p = (char *)EXPECT_OK(mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0));
	EXPECT_ERRNO(EACCES, mprotect(p, PAGE, PROT_READ | PROT_EXEC));
	EXPECT_ERRNO(EACCES, execl("dir/file", "file", NULL));
	EXPECT_OK(munmap(p, PAGE));
	EXPECT_OK(close(fd));
	EXPECT_OK(umount("dir"));
}

/* ---- POSIX shared memory ---- */

static void shm_open_as_user(void *arg)
{
	(void)arg;
	become_user();
	EXPECT_ERRNO(EACCES, shm_open("/ut-errno", O_RDWR, 0));
	EXPECT_ERRNO(EACCES, shm_open("/ut-errno", O_RDWR | O_CREAT, 0600));
	EXPECT_ERRNO(EACCES, shm_unlink("/ut-errno"));
	set_limit(RLIMIT_NOFILE, 3);
	EXPECT_ERRNO(EMFILE, shm_open("/ut-new", O_RDWR | O_CREAT, 0600));
}

static void shm_open_refuses(void)
{
	char name[NAME_MAX + 3];

	memset(name, 'n', sizeof(name));
	name[0] = '/';
	name[NAME_MAX + 2] = 0;
	EXPECT_ERRNO(ENAMETOOLONG, shm_open(name, O_RDWR | O_CREAT, 0600));
	EXPECT_ERRNO(ENAMETOOLONG, shm_unlink(name));
	EXPECT_OK(close(EXPECT_OK(shm_open("/ut-errno", O_RDWR | O_CREAT, 0600))));
	in_child(shm_open_as_user, NULL);
	EXPECT_OK(shm_unlink("/ut-errno"));
	EXPECT_ERRNO(ENOENT, shm_unlink("/ut-errno"));
}

/* ---- System V ---- */

/* As many as there may be, the next one is refused; all can be removed. */
static void full_of_segments(void)
{
	static int ids[5000];
	int n = 0, error, made;
	struct shm_info info;
	struct shminfo limits;

	EXPECT_OK(shmctl(0, IPC_INFO, &limits));
	EXPECT_OK(shmctl(0, SHM_INFO, &info));
	while (n < 5000 && (ids[n] = shmget(IPC_PRIVATE, 1, CREATE)) >= 0)
		n++;
	error = errno;
	made = n;
	while (n > 0)
		EXPECT_OK(shmctl(ids[--n], IPC_RMID, NULL));
	EXPECT_EQ(limits.shmmni, made + info.used_ids);
	EXPECT_EQ(ENOSPC, error);
}

static void full_of_queues(void)
{
	int ids[200], n = 0, error, made;
	struct msginfo info;

	EXPECT_OK(msgctl(0, MSG_INFO, &info));
	while (n < 200 && (ids[n] = msgget(IPC_PRIVATE, CREATE)) >= 0)
		n++;
	error = errno;
	made = n;
	while (n > 0)
		EXPECT_OK(msgctl(ids[--n], IPC_RMID, NULL));
	EXPECT_EQ(128, made + info.msgpool);
	EXPECT_EQ(ENOSPC, error);
}

static void by_key_as_user(void *arg)
{
	int key = *(int *)arg;

	become_user();
	EXPECT_ERRNO(EACCES, semget(key, 0, 0400));
	EXPECT_ERRNO(EACCES, semget(key, 1, CREATE));
	EXPECT_ERRNO(EACCES, msgget(key, 0200));
	EXPECT_ERRNO(EACCES, msgget(key, CREATE));
}

static void sysv_arguments(void)
{
	int key = 0x45000000 + getpid(), sem = EXPECT_OK(semget(key, 1, CREATE | IPC_EXCL));
	int msg = EXPECT_OK(msgget(key, CREATE | IPC_EXCL));

	in_child(by_key_as_user, &key);
	EXPECT_ERRNO(EFAULT, semctl(sem, 0, IPC_STAT, BAD));
	EXPECT_ERRNO(EFAULT, semctl(sem, 0, IPC_SET, BAD));
	EXPECT_ERRNO(EFAULT, semctl(0, 0, IPC_INFO, BAD));
	EXPECT_ERRNO(EFAULT, msgctl(msg, IPC_SET, BAD));
	EXPECT_ERRNO(EFAULT, msgctl(0, IPC_INFO, BAD));
	EXPECT_ERRNO(EINVAL, msgctl(msg + 1, IPC_RMID, NULL));
	EXPECT_ERRNO(ENOSYS, msgrcv(msg, &key, 0, 0, MSG_COPY | IPC_NOWAIT));
	EXPECT_OK(semctl(sem, 0, IPC_RMID));
	EXPECT_OK(msgctl(msg, IPC_RMID, NULL));
}

static void on_signal(int sig)
{
	(void)sig;
}

/* Sends to a queue that is full. */
static void sends_in_vain(void *arg)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct { long type; char text[100]; } m = { .type = 1 };
	int id = *(int *)arg;

	sigaction(SIGUSR1, &action, NULL);
	EXPECT_ERRNO(EINTR, msgsnd(id, &m, 100, 0));
	EXPECT_ERRNO(EIDRM, msgsnd(id, &m, 100, 0));
}

static void await_sleep(pid_t pid)
{
	char path[40];

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	while (proc_number(path, "voluntary_ctxt_switches:") == 0)
		sleep_ms(5);
	sleep_ms(30);
}

static void full_queue(void)
{
	static struct { long type; char text[8192]; } m = { .type = 1 };
	int id = EXPECT_OK(msgget(IPC_PRIVATE, CREATE));
	pid_t pid;

	EXPECT_OK(msgsnd(id, &m, 8192, 0));
	EXPECT_OK(msgsnd(id, &m, 8192, 0));
	pid = start(sends_in_vain, &id);
	await_sleep(pid);
	EXPECT_OK(kill(pid, SIGUSR1));
	sleep_ms(50);
	EXPECT_OK(msgctl(id, IPC_RMID, NULL));
	EXPECT_EXIT(0, finish(pid));
}

/* ---- advice about files, and signals to threads ---- */

static void file_advice(void)
{
	int fds[2], fd = EXPECT_OK(open("file", O_RDWR | O_CREAT, 0600));
	int wo = EXPECT_OK(open("file", O_WRONLY)), dir = EXPECT_OK(open(".", O_RDONLY));

	EXPECT_OK(pipe(fds));
	EXPECT_ERRNO(EBADF, syscall(__NR_readahead, 99, 0, 0, PAGE));
	EXPECT_ERRNO(EBADF, syscall(__NR_readahead, wo, 0, 0, PAGE));
	EXPECT_ERRNO(EINVAL, syscall(__NR_readahead, fds[0], 0, 0, PAGE));
	EXPECT_ERRNO(EINVAL, syscall(__NR_readahead, dir, 0, 0, PAGE));
	EXPECT_OK(syscall(__NR_readahead, fd, 0, 0, PAGE));
	close(fd);
#ifdef __NR_remap_file_pages
	EXPECT_ERRNO(ENOSYS, syscall(__NR_remap_file_pages, fds, PAGE, 0, 0, 0));
#endif
}

static void signal_as_user(void *arg)
{
	(void)arg;
	become_user();
	EXPECT_ERRNO(EPERM, syscall(__NR_tgkill, 1, 1, SIGTERM));
	EXPECT_ERRNO(EPERM, syscall(__NR_tkill, 1, SIGTERM));
}

static void signals_to_threads(void)
{
	in_child(signal_as_user, NULL);
	EXPECT_ERRNO(EFAULT, syscall(__NR_futex, &on_signal, 0, 0, BAD));
}

const struct test errno_tests[] = {
	{ "errno.too_many_vmas", too_many_vmas, 0 },
	{ "errno.address_space", address_space, 0 },
	{ "errno.clone_limit", clone_limit, NEEDS_ROOT },
	{ "errno.clone3", clone3_refuses, 0 },
	{ "errno.lock_unreachable", lock_unreachable, NEEDS_ROOT },
	{ "errno.lock_limits", lock_limits, NEEDS_ROOT },
	{ "errno.noexec", noexec, NEEDS_ROOT },
	{ "errno.shm_open", shm_open_refuses, NEEDS_ROOT },
	{ "errno.full_of_segments", full_of_segments, 0 },
	{ "errno.full_of_queues", full_of_queues, 0 },
	{ "errno.sysv", sysv_arguments, NEEDS_ROOT },
	{ "errno.full_queue", full_queue, 0 },
	{ "errno.file_advice", file_advice, 0 },
	{ "errno.signals", signals_to_threads, NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
