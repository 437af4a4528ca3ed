/*
 * tests.c - the table of the tests of what only ARM has.
 */
#include "usertests.h"
#include "arch.h"

void on_signal(int sig, void (*handler)(int sig, siginfo_t *info, void *ucontext))
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER };

	EXPECT_OK(sigaction(sig, &sa, NULL));
}

const struct test arch_tests[] = {
	{ "arch.breakpoints", arch_breakpoints, 0 },
	{ "arch.undefined", arch_undefined, 0 },
	{ "arch.alignment", arch_alignment, 0 },
	{ "arch.thumb_handler", arch_thumb_handler, 0 },
	{ "arch.it_block", arch_it_block, 0 },
	{ "arch.frame_mode", arch_frame_mode, 0 },
	{ "arch.trampolines", arch_trampolines, 0 },
	{ "arch.helpers", arch_helpers, 0 },
	{ "arch.exclusive", arch_exclusive, 0 },
	{ "arch.vector_page", arch_vector_page, 0 },
	{ "arch.thread_pointer", arch_thread_pointer, 0 },
	{ "arch.cache_flush", arch_cache_flush, 0 },
	{ "arch.restart", arch_restart, 0 },
	{ "arch.vfp_switch", arch_vfp_switch, 0 },
	{ "arch.vfp_signal", arch_vfp_signal, 0 },
	{ "arch.vfp_fork", arch_vfp_fork, 0 },
	{ "arch.vfp_exec", arch_vfp_exec, 0 },
	{ "arch.vfp_fresh", arch_vfp_fresh, HIDDEN },
	{ NULL, NULL, 0 },
};
