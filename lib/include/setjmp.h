/*
 * setjmp.h - leaving several functions at once.
 *
 * The "sig" forms also save and restore the signal mask, which is what a handler that leaves by
 * siglongjmp needs.
 */
#ifndef _SETJMP_H
#define _SETJMP_H

#include <signal.h>

/* The registers a function must preserve; more room than any of our machines needs. */
typedef unsigned long jmp_buf[32];

typedef struct {
	jmp_buf regs;
	int has_mask;
	sigset_t mask;
} sigjmp_buf[1];

int setjmp(jmp_buf env) __attribute__((returns_twice));
void longjmp(jmp_buf env, int value) __attribute__((noreturn));

/* A macro, since setjmp must be called by the function that is to be returned into. */
#define sigsetjmp(env, save)	(__save_mask(env, save), setjmp((env)->regs))
void siglongjmp(sigjmp_buf env, int value) __attribute__((noreturn));
void __save_mask(sigjmp_buf env, int save);

#endif
