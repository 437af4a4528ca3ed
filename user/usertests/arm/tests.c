/*
 * tests.c - the table of the tests of what only ARM has.
 */
#include "arm.h"

const struct test arch_tests[] = {
	{ "cpu.unaligned_words", unaligned_words, 0 },
	{ "cpu.unaligned_multiple", unaligned_multiple, 0 },
	{ "cpu.undefined", undefined, 0 },
	{ "cpu.undefined_in_thumb", undefined_in_thumb, 0 },
	{ "cpu.breakpoints", breakpoints, 0 },
	{ "cpu.privileged", privileged, 0 },
	{ "cpu.spoiled_mode", spoiled_mode, 0 },
	{ "cpu.execute_never", execute_never, 0 },
	{ "thumb.calls", thumb_calls, 0 },
	{ "thumb.handler", thumb_handler, 0 },
	{ "thumb.interrupted", thumb_interrupted, 0 },
	{ "thumb.if_then", thumb_if_then, 0 },
	{ "vfp.switches", vfp_switches, 0 },
	{ "vfp.signals", vfp_signals, 0 },
	{ "vfp.frame", vfp_frame, 0 },
	{ "vfp.fork_and_exec", vfp_fork_and_exec, 0 },
	{ "vfp.threads", vfp_threads, 0 },
	{ "helpers.version", helper_version, 0 },
	{ "helpers.cmpxchg", helper_cmpxchg, 0 },
	{ "helpers.cmpxchg64", helper_cmpxchg64, 0 },
	{ "helpers.tls", helper_tls, 0 },
	{ "helpers.tls_of_threads", tls_of_threads, 0 },
	{ "helpers.vectors_page", vectors_page, 0 },
	{ "helpers.exclusive_counters", exclusive_counters, 0 },
	{ "helpers.cache_flush", cache_flush, 0 },
	{ "helpers.private_calls", private_calls, 0 },
	{ NULL, NULL, 0 },
};
