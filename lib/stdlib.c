/*
 * lib/stdlib.c - numbers out of text, sorting, the environment, commands, pseudo-terminals.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * The digits behind blanks and sign. *negative tells the sign, *end (if end is not NULL) is set
 * behind the last digit, or to s if there was none. A value above max becomes max, with ERANGE.
 */
static unsigned long long number(const char *s, char **end, int base, unsigned long long max,
				 int *negative)
{
	const char *p = s;
	unsigned long long v = 0;
	int any = 0, overflow = 0;

	while (isspace(*p))
		p++;
	*negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	if ((base == 0 || base == 16) && p[0] == '0' && tolower(p[1]) == 'x' && isxdigit(p[2])) {
		p += 2;
		base = 16;
	} else if (base == 0) {
		base = *p == '0' ? 8 : 10;
	}
	for (; isalnum(*p); p++) {
		int digit = isdigit(*p) ? *p - '0' : tolower(*p) - 'a' + 10;

		if (digit >= base)
			break;
		any = 1;
		if (v > (max - digit) / base)
			overflow = 1;
		v = v * base + digit;
	}
	if (end)
		*end = (char *)(any ? p : s);
	if (overflow) {
		errno = ERANGE;
		return max;
	}
	return v;
}

unsigned long long strtoull(const char *s, char **end, int base)
{
	int negative;
	unsigned long long v = number(s, end, base, ULLONG_MAX, &negative);

	return negative ? -v : v;
}

unsigned long strtoul(const char *s, char **end, int base)
{
	int negative;
	unsigned long v = number(s, end, base, ULONG_MAX, &negative);

	return negative ? -v : v;
}

/* A signed value; the most negative one has no positive counterpart. */
static long long signed_number(const char *s, char **end, int base, unsigned long long max)
{
	int negative;
	unsigned long long v = number(s, end, base, max + 1, &negative);

	if (negative)
		return -v;
	if (v > max) {
		errno = ERANGE;
		return max;
	}
	return v;
}

long long strtoll(const char *s, char **end, int base)
{
	return signed_number(s, end, base, LLONG_MAX);
}

long strtol(const char *s, char **end, int base)
{
	return signed_number(s, end, base, LONG_MAX);
}

int atoi(const char *s)
{
	return strtol(s, NULL, 10);
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

int abs(int n)
{
	return n < 0 ? -n : n;
}

long labs(long n)
{
	return n < 0 ? -n : n;
}

static unsigned int seed = 1;

void srand(unsigned int new_seed)
{
	seed = new_seed;
}

/* A linear congruential generator; its low bits are poor, so the high ones are mixed in. */
int rand(void)
{
	seed = seed * 1103515245 + 12345;
	return (seed ^ seed >> 16) & RAND_MAX;
}

static void swap(char *a, char *b, size_t size)
{
	while (size--) {
		char c = *a;

		*a++ = *b;
		*b++ = c;
	}
}

/* Heap sort: no recursion, and never worse than n log n. */
void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	char *a = base;
	size_t start = n / 2, end = n;

	while (end > 1) {
		size_t parent, child;

		if (start) {
			start--;		/* still building the heap */
		} else {
			end--;			/* the largest goes to the end */
			swap(a, a + end * size, size);
		}
		for (parent = start; (child = 2 * parent + 1) < end; parent = child) {
			if (child + 1 < end &&
			    compare(a + child * size, a + (child + 1) * size) < 0)
				child++;
			if (compare(a + parent * size, a + child * size) >= 0)
				break;
			swap(a + parent * size, a + child * size, size);
		}
	}
}

void *bsearch(const void *key, const void *base, size_t n, size_t size,
	      int (*compare)(const void *, const void *))
{
	const char *low = base;

	while (n) {
		const char *middle = low + n / 2 * size;
		int d = compare(key, middle);

		if (d == 0)
			return (void *)middle;
		if (d > 0) {
			low = middle + size;
			n--;
		}
		n /= 2;
	}
	return NULL;
}

/* The place in environ of name (n characters), or of the NULL at the end. */
static char **find_env(const char *name, size_t n)
{
	char **p = environ;

	while (*p && (strncmp(*p, name, n) || (*p)[n] != '='))
		p++;
	return p;
}

char *getenv(const char *name)
{
	size_t n = strlen(name);
	char *found = environ ? *find_env(name, n) : NULL;

	return found ? found + n + 1 : NULL;
}

int setenv(const char *name, const char *value, int overwrite)
{
	static char **own;		/* our copy of the array, once it had to grow */
	size_t n = strlen(name);
	char **place = find_env(name, n);
	char *text;

	if (*place && !overwrite)
		return 0;
	text = malloc(n + strlen(value) + 2);
	if (!text)
		return -1;
	strcpy(text, name);
	text[n] = '=';
	strcpy(text + n + 1, value);
	if (!*place) {
		size_t used = place - environ;
		char **grown = malloc((used + 2) * sizeof(*grown));

		if (!grown) {
			free(text);
			return -1;
		}
		memcpy(grown, environ, used * sizeof(*grown));
		grown[used + 1] = NULL;
		free(own);
		own = environ = grown;
		place = grown + used;
	}
	*place = text;
	return 0;
}

int unsetenv(const char *name)
{
	char **p = find_env(name, strlen(name));

	for (; *p; p++)
		p[0] = p[1];
	return 0;
}

int system(const char *command)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, intr, quit;
	int status = -1;
	pid_t pid;

	sigaction(SIGINT, &ignore, &intr);
	sigaction(SIGQUIT, &ignore, &quit);
	pid = fork();
	if (pid == 0) {
		sigaction(SIGINT, &intr, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	sigaction(SIGINT, &intr, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return status;
}

int mkstemp(char *template)
{
	static unsigned int series;
	size_t n = strlen(template);
	char *x = template + n - 6;

	if (n < 6 || strcmp(x, "XXXXXX")) {
		errno = EINVAL;
		return -1;
	}
	for (int tries = 0; tries < 1000; tries++) {
		unsigned int v = getpid() * 1009 + series++;
		int fd;

		for (int i = 0; i < 6; i++, v /= 26)
			x[i] = 'a' + v % 26;
		fd = open(template, O_RDWR | O_CREAT | O_EXCL, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int posix_openpt(int flags)
{
	return open("/dev/ptmx", flags);
}

/* The kernel gives a new pseudo-terminal to its opener: nothing is left to grant. */
int grantpt(int fd)
{
	return isatty(fd) ? 0 : -1;
}

int unlockpt(int fd)
{
	int locked = 0;

	return ioctl(fd, TIOCSPTLCK, &locked);
}

char *ptsname(int fd)
{
	static char name[24];
	int n;

	if (ioctl(fd, TIOCGPTN, &n))
		return NULL;
	snprintf(name, sizeof(name), "/dev/pts/%d", n);
	return name;
}

void __assert_fail(const char *cond, const char *file, int line)
{
	fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, cond);
	abort();
}
