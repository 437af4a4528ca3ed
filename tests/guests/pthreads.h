/*
 * pthreads.h - what the parts of the pthreads program share. See pthreads.c.
 *
 * A check is a function that ends if all is as expected. CHECK and its kin print what was not and
 * end the process.
 */
#ifndef PTHREADS_H
#define PTHREADS_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KB		1024
#define SMALL_STACK	(64 * KB)
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))


struct check {
	const char *name;
	void (*run)(void);
	int flags;
};
#define HIDDEN	1		/* part of another check, by run_apart() */
extern const struct check sync_checks[], life_checks[], signal_checks[], process_checks[];

typedef void *body(void *arg);

/* Zero at the start of each check. */
extern pthread_mutex_t lock;
extern volatile int counter, stop;

#define CHECK(is)	((is) ? (void)0 : failed(__FILE__, __LINE__, #is))
/* The call returns that error number (the way of pthread_ functions). */
#define RETURNS(value, call)	check_value(__FILE__, __LINE__, #call, value, call)
#define OK(call)		RETURNS(0, call)

void failed(const char *file, int line, const char *what);
void check_value(const char *file, int line, const char *what, long expected, long seen);

/* Starts a thread with a stack of that size, or with a small one. */
pthread_t start_sized(body *run, void *arg, size_t stack);
pthread_t start(body *run, void *arg);
/* Waits for its end; what it returned. */
void *join(pthread_t t);

void nap(int ms);
long now_ms(clockid_t clock);
/* The point `ms` from now on a clock. */
struct timespec after(clockid_t clock, int ms);

/* Memory that children share. */
void *shared_memory(size_t size);
/* Waits for a child; its wait status. */
int reap(pid_t pid);
pid_t my_tid(void);
/* The number behind a word at the beginning of a line of /proc/self/status. */
long status_of_process(const char *word);

/* Bodies: sleeps for ever; counts *(long *)arg up until `stop`. */
void *idle(void *arg);
void *spin(void *arg);

/* Runs a check as a new program; its process. */
pid_t run_apart(const char *name);
/* The file of this program. */
extern char self_path[];
/* What this program does when a check has exec'ed it. */
int after_exec(int argc, char **argv);

#endif
