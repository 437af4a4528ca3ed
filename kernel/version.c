/*
 * What this kernel calls itself: uname(2), the banner, /proc/version. The release follows Linux's
 * numbers because glibc refuses to run on what it takes for an older kernel than it was built for.
 */
#include <linux/utsname.h>
#include <asm/ptrace.h>

#define KERNEL_NAME	"Linux"
#define KERNEL_RELEASE	"6.1.0-zerotwelve"
#define KERNEL_VERSION	"ZeroTwelve 0.12"

struct new_utsname system_utsname = {
	.sysname = KERNEL_NAME,
	.nodename = "zerotwelve",
	.release = KERNEL_RELEASE,
	.version = KERNEL_VERSION,
	.machine = UTS_MACHINE,
	.domainname = "(none)",
};

const char linux_banner[] = KERNEL_VERSION " (" KERNEL_NAME " " KERNEL_RELEASE " " UTS_MACHINE
					   ", gcc " __VERSION__ ")";
