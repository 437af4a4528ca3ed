/*
 * Which CPU this is, from CPUID (Intel SDM vol. 2), for those who need a
 * feature and for /proc/cpuinfo.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/string.h>
#include <linux/proc_fs.h>
#include <asm/processor.h>
#include <asm/traps.h>

struct cpuinfo boot_cpu = { .vendor = "unknown", .family = 4 };

#define EFLAGS_ID	0x200000

static bool __init has_cpuid(void)
{
	unsigned long a, b;

	__asm__ __volatile__("pushfl ; popl %0 ; movl %0,%1 ; xorl %2,%0 ; pushl %0 ; popfl ;"
			     "pushfl ; popl %0 ; pushl %1 ; popfl"
			     : "=&r" (a), "=&r" (b) : "i" (EFLAGS_ID));
	return (a ^ b) & EFLAGS_ID;
}

static inline void cpuid(u32 leaf, u32 *a, u32 *b, u32 *c, u32 *d)
{
	__asm__ __volatile__("cpuid" : "=a" (*a), "=b" (*b), "=c" (*c), "=d" (*d)
			     : "0" (leaf), "2" (0));
}

void __init identify_cpu(void)
{
	u32 a, b, c, d, leaf, *name = (u32 *)boot_cpu.model_name;

	boot_cpu.has_cpuid = has_cpuid();
	if (!boot_cpu.has_cpuid) {
		boot_cpu.features = 1 << X86_FEATURE_FPU;	/* a 486DX, or an emulated one */
		strcpy(boot_cpu.model_name, "486");
		return;
	}
	cpuid(0, &a, &b, &c, &d);
	memcpy(boot_cpu.vendor, &b, 4);
	memcpy(boot_cpu.vendor + 4, &d, 4);
	memcpy(boot_cpu.vendor + 8, &c, 4);
	cpuid(1, &a, &b, &c, &d);
	boot_cpu.family = (a >> 8) & 15;
	boot_cpu.model = (a >> 4) & 15;
	boot_cpu.stepping = a & 15;
	if (boot_cpu.family == 15)
		boot_cpu.family += (a >> 20) & 0xff;
	if (boot_cpu.family >= 6)
		boot_cpu.model |= ((a >> 16) & 15) << 4;
	boot_cpu.features = d;
	cpuid(0x80000000, &a, &b, &c, &d);
	if (a < 0x80000004 || a > 0x8000ffff) {
		snprintf(boot_cpu.model_name, sizeof(boot_cpu.model_name), "family %d",
			 boot_cpu.family);
		return;
	}
	for (leaf = 0x80000002; leaf <= 0x80000004; leaf++, name += 4)
		cpuid(leaf, &name[0], &name[1], &name[2], &name[3]);
}

static const char *const feature_names[32] = {
	"fpu", "vme", "de", "pse", "tsc", "msr", "pae", "mce", "cx8", "apic", NULL, "sep",
	"mtrr", "pge", "mca", "cmov", "pat", "pse36", "pn", "clflush", NULL, "dts", "acpi",
	"mmx", "fxsr", "sse", "sse2", "ss", "ht", "tm", "ia64", "pbe",
};

void show_cpuinfo(struct seq_file *m)
{
	int i;

	seq_printf(m, "processor\t: 0\nvendor_id\t: %s\ncpu family\t: %d\nmodel\t\t: %d\n",
		   boot_cpu.vendor, boot_cpu.family, boot_cpu.model);
	seq_printf(m, "model name\t: %s\nstepping\t: %d\n", boot_cpu.model_name,
		   boot_cpu.stepping);
	if (boot_cpu.khz)
		seq_printf(m, "cpu MHz\t\t: %u.%03u\n", boot_cpu.khz / 1000, boot_cpu.khz % 1000);
	seq_printf(m, "fpu\t\t: %s\nwp\t\t: yes\nflags\t\t:",
		   cpu_has(X86_FEATURE_FPU) ? "yes" : "no");
	for (i = 0; i < 32; i++)
		if (cpu_has(i) && feature_names[i])
			seq_printf(m, " %s", feature_names[i]);
	seq_puts(m, "\n\n");
}
