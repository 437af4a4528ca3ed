/*
 * arm.h - what the tests of ARM share. Frames are looked at as words, by the numbers of Linux's
 * struct ucontext: flags, link, stack (3), then the sigcontext.
 */
#ifndef _ARM_H
#define _ARM_H

#include "usertests.h"

/* Words of a ucontext. */
#define UC_R0		8
#define UC_SP		21
#define UC_PC		23
#define UC_CPSR		24
#define UC_REGSPACE	58

#define CPSR_T		0x20		/* executes Thumb code */
#define CPSR_MODE	0x1f
#define MODE_USER	0x10
#define MODE_SVC	0x13

/* The exceptions of the processor: cpu.c */
void unaligned_words(void);
void unaligned_multiple(void);
void undefined(void);
void undefined_in_thumb(void);
void breakpoints(void);
void privileged(void);
void spoiled_mode(void);
void execute_never(void);
/* How handlers are entered and left: frames.c */
void trap_addresses(void);
void trap_in_if_then(void);
void kernel_restorers(void);
void exclusive_and_signal(void);
void restart_keeps_registers(void);
/* Thumb code: thumb.c */
void thumb_calls(void);
void thumb_handler(void);
void thumb_interrupted(void);
void thumb_if_then(void);
/* Floating point registers: vfp.c */
void vfp_switches(void);
void vfp_signals(void);
void vfp_frame(void);
void vfp_fork_and_exec(void);
void vfp_threads(void);
void vfp_new_program(void);
void vfp_all_zero(void);
/* The page at FFFF0000, thread pointers, caches: helpers.c */
void helper_version(void);
void helper_cmpxchg(void);
void helper_cmpxchg64(void);
void helper_tls(void);
void tls_of_threads(void);
void vectors_page(void);
void exclusive_counters(void);
void cache_flush(void);
void private_calls(void);

/* Runs body; 0, or the signal that ended it, of which caught tells more. */
extern volatile siginfo_t caught;
int run_caught(void (*body)(void));

#endif
