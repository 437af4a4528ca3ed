/*
 * badptr.c - tests that no pointer handed to a system call can hurt the kernel.
 *
 * First the calls whose answer is known: EFAULT. Then every number of the table, with every kind of
 * bad value in all arguments at once and in each alone; whatever it returns, the kernel must live.
 * Each call is made in a child of its own, in case it is one that ends or stops the caller.
 */
#include "usertests.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/time.h>

#define NOTHING		((void *)4)		/* in the page at 0, never mapped */
#define KERNEL		((void *)0xc0100000)
#define TOP		((void *)0xfffffffc)

#define PATIENCE	100000

static char *gap;		/* a page, and behind it nothing */
static int file, fds[2];

static void prepare(void)
{
	gap = map_pages(2);
	EXPECT_OK(munmap(gap + PAGE, PAGE));
	memset(gap, 'g', PAGE);
	file = EXPECT_OK(open("f", O_RDWR | O_CREAT, 0600));
	EXPECT_EQ(PAGE, write(file, gap, PAGE));
	EXPECT_OK(pipe(fds));
}

/* Is the kernel's space out of reach here? Elsewhere a program may own those addresses. */
static int has_kernel_space(void)
{
	char here;

	return (unsigned long)&here < USER_END;
}

static void buffers(void)
{
	void *bad[] = { NOTHING, TOP, KERNEL };
	int n = has_kernel_space() ? 3 : 2;

	prepare();
	for (int i = 0; i < n; i++) {
		EXPECT_ERRNO(EFAULT, pread(file, bad[i], 100, 0));
		EXPECT_ERRNO(EFAULT, pwrite(file, bad[i], 100, 0));
		EXPECT_ERRNO(EFAULT, write(fds[1], bad[i], 10));
		EXPECT_EQ(1, write(fds[1], "x", 1));
		EXPECT_ERRNO(EFAULT, read(fds[0], bad[i], 1));
		EXPECT_ERRNO(EFAULT, open(bad[i], O_RDONLY));
		EXPECT_ERRNO(EFAULT, stat(bad[i], (void *)gap));
		EXPECT_ERRNO(EFAULT, stat(".", bad[i]));
		EXPECT_ERRNO(EFAULT, fstat(file, bad[i]));
		EXPECT_ERRNO(EFAULT, pipe(bad[i]));
		EXPECT_ERRNO(EFAULT, syscall(__NR_getcwd, bad[i], 1000));
		EXPECT_ERRNO(EFAULT, chdir(bad[i]));
		EXPECT_ERRNO(EFAULT, unlink(bad[i]));
		EXPECT_ERRNO(EFAULT, rename("f", bad[i]));
		EXPECT_ERRNO(EFAULT, mkdir(bad[i], 0700));
		EXPECT_ERRNO(EFAULT, nanosleep(bad[i], NULL));
		EXPECT_ERRNO(EFAULT, syscall(__NR_uname, bad[i]));
		EXPECT_ERRNO(EFAULT, sigprocmask(SIG_BLOCK, bad[i], NULL));
		EXPECT_ERRNO(EFAULT, sigprocmask(SIG_BLOCK, NULL, bad[i]));
		EXPECT_ERRNO(EFAULT, poll(bad[i], 1, 0));
		EXPECT_ERRNO(EFAULT, syscall(__NR_getdents64,
					     EXPECT_OK(open(".", O_RDONLY)), bad[i], 1000));
		EXPECT_ERRNO(EFAULT, syscall(__NR_gettimeofday, bad[i], NULL));
		EXPECT_ERRNO(EFAULT, syscall(__NR_writev, fds[1], bad[i], 2));
		EXPECT_ERRNO(EFAULT, syscall(__NR_readlink, "/proc/self/exe", bad[i], 10));
		EXPECT_ERRNO(EFAULT, syscall(__NR__llseek, file, 0, 0, bad[i], SEEK_SET));
		EXPECT_ERRNO(EFAULT, ioctl(fds[0], FIONREAD, bad[i]));
	}
}

/* What ends exactly at the gap is good, one byte more is not. */
static void edges(void)
{
	char *end, *path;

	prepare();
	end = gap + PAGE;
	EXPECT_EQ(100, pread(file, end - 100, 100, 0));
	EXPECT_EQ(100, pwrite(file, end - 100, 100, 0));
	EXPECT_ERRNO(EFAULT, write(fds[1], end, 1));
	path = end - 4;
	memcpy(path, "//.", 4);
	EXPECT_OK(access(path, R_OK));
	memcpy(path, "////", 4);
	EXPECT_ERRNO(EFAULT, access(path, R_OK));
	EXPECT_OK(fstat(file, (struct stat *)(end - sizeof(struct stat))));
	EXPECT_ERRNO(EFAULT, fstat(file, (struct stat *)(end - sizeof(struct stat) + 4)));
	EXPECT_OK(syscall(__NR_pipe, end - 8));
	EXPECT_ERRNO(EFAULT, syscall(__NR_pipe, end - 4));
}

/* The kernel must not write where the program may not. */
static void read_only(void)
{
	prepare();
	EXPECT_OK(mprotect(gap, PAGE, PROT_READ));
	EXPECT_ERRNO(EFAULT, pread(file, gap, 10, 0));
	EXPECT_ERRNO(EFAULT, fstat(file, (struct stat *)gap));
	EXPECT_ERRNO(EFAULT, pread(file, (char *)read_only, 10, 0));
	EXPECT_EQ(10, pwrite(file, gap, 10, 0));
	EXPECT_OK(mprotect(gap, PAGE, PROT_NONE));
	EXPECT_ERRNO(EFAULT, pwrite(file, gap, 10, 0));
	EXPECT_ERRNO(EFAULT, access(gap, R_OK));
}

/* Lengths that run over the end of the address space. */
static void wrapping(void)
{
	prepare();
	EXPECT(pread(file, gap, 0xffffffff, 0) <= PAGE);
	EXPECT(pread(file, gap, 0x80000000, 0) <= PAGE);
	EXPECT_ERRNO(EFAULT, pread(file, (char *)0xfffff000, 0x2000, 0));
	EXPECT(syscall(__NR_write, file, gap + 10, 0xfffffff0) <= PAGE);
}

/* Calls that would stop the machine, or signal processes that happen to have a bad number. */
static const int left_out[] = {
	__NR_reboot, __NR_kill, __NR_tkill, __NR_tgkill, __NR_rt_sigqueueinfo,
	__NR_rt_tgsigqueueinfo, __NR_vhangup, __NR_swapoff, __NR_swapon,
	__NR_umount2, __NR_fork, __NR_vfork, __NR_clone, __NR_settimeofday,
	__NR_clock_settime, __NR_clock_settime64, __NR_sethostname, __NR_setdomainname, __NR_syslog,
	__NR_sync, DANGEROUS_CALLS
};

static const unsigned long bad_values[] = {
	0, 1, 4, 0x1000, 0x7fffffff, 0x80000000, 0xbfffffff, 0xc0000000, 0xc0100000, 0xf8000000,
	0xffbff000, 0xfffff000, 0xffffffff,
};

struct bad_call {
	int number;
	unsigned long args[6];
};

static void on_alarm(int sig)
{
	(void)sig;
}

/*
 * Makes the call in a child and buries it. How it ends does not matter. One that waits, or has been
 * stopped, is killed after PATIENCE microseconds.
 */
static void try_call(const struct bad_call *c)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval patience = { { 0, PATIENCE }, { 0, PATIENCE } },
			 off = { { 0, 0 }, { 0, 0 } };
	const unsigned long *a = c->args;
	pid_t pid = EXPECT_OK(fork());

	if (pid == 0) {
		/* Not /dev/null, which root could change for everybody. */
		for (int fd = 0; fd < 3; fd++)
			dup2(file, fd);
		syscall(c->number, a[0], a[1], a[2], a[3], a[4], a[5]);
		_exit(0);
	}
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &patience, NULL);
	while (waitpid(pid, NULL, 0) != pid)
		kill(pid, SIGKILL);
	setitimer(ITIMER_REAL, &off, NULL);
}

static void try_number(int number)
{
	struct bad_call c = { .number = number };

	for (size_t v = 0; v < ARRAY_SIZE(bad_values); v++) {
		for (int i = 0; i < 6; i++)
			c.args[i] = bad_values[v];
		try_call(&c);
	}
	/* A file and good sizes, and one bad pointer in each place. */
	for (int place = 0; place < 4; place++) {
		unsigned long good[6] = { 3, 16, 16, 16, 0, 0 };

		memcpy(c.args, good, sizeof(good));
		c.args[place] = (unsigned long)TOP & -PAGE;
		try_call(&c);
		c.args[place] = 4;
		try_call(&c);
	}
}

static int is_bad_value(int key)
{
	for (size_t v = 0; v < ARRAY_SIZE(bad_values); v++)
		if (bad_values[v] == (unsigned int)key)
			return 1;
	return 0;
}

/* Some of the calls make System V objects, which outlive who made them. */
static void remove_sysv_objects(void)
{
	struct shmid_ds shm;
	struct semid_ds sem;
	struct msqid_ds msg;
	int id;

	for (int place = 0; place < 100; place++) {
		id = shmctl(place, SHM_STAT, &shm);
		if (id >= 0 && is_bad_value(shm.shm_perm.key))
			EXPECT_OK(shmctl(id, IPC_RMID, NULL));
		id = semctl(place, 0, SEM_STAT, &sem);
		if (id >= 0 && is_bad_value(sem.sem_perm.key))
			EXPECT_OK(semctl(id, 0, IPC_RMID));
		id = msgctl(place, MSG_STAT, &msg);
		if (id >= 0 && is_bad_value(msg.msg_perm.key))
			EXPECT_OK(msgctl(id, IPC_RMID, NULL));
	}
}

static void every_call(void *as_user)
{
	if (as_user)
		become_user();
	prepare();
	signal(SIGHUP, SIG_IGN);
	for (int number = 0; number <= NR_syscalls; number++) {
		size_t i = 0;

		while (i < ARRAY_SIZE(left_out) && left_out[i] != number)
			i++;
		if (i == ARRAY_SIZE(left_out))
			try_number(number);
	}
	/* Still alive and well? */
	EXPECT_OK(fork() == 0 ? (_exit(0), 0) : wait(NULL));
	EXPECT_EQ(-1, syscall(9999));
	EXPECT_EQ(ENOSYS, errno);
	EXPECT_ERRNO(ENOSYS, syscall(-1));
}

static void as_user(void)
{
	EXPECT_OK(chmod(".", 0777));
	in_child(every_call, "user");
	remove_sysv_objects();
}

static void as_root(void)
{
	if (!has_kernel_space())
		SKIP("only on our own kernel");
	in_child(every_call, NULL);
	remove_sysv_objects();
}

const struct test badptr_tests[] = {
	{ "badptr.buffers", buffers, 0 },
	{ "badptr.edges", edges, 0 },
	{ "badptr.read_only", read_only, 0 },
	{ "badptr.wrapping", wrapping, 0 },
	{ "badptr.every_call", as_user, SLOW },
	{ "badptr.every_call_as_root", as_root, SLOW | NEEDS_ROOT },
	{ NULL, NULL, 0 },
};
