/*
 * Which CPU this is, from its identification registers (ARM Architecture Reference Manual ARMv7-A,
 * B4.1.105), for /proc/cpuinfo and for what programs are told they may use.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <asm/cache.h>
#include <asm/processor.h>
#include <asm/traps.h>

struct cpuinfo boot_cpu;

#define MIDR_IMPLEMENTER(id)	((id) >> 24)
#define MIDR_VARIANT(id)	((id) >> 20 & 0xf)
#define MIDR_PART(id)		((id) >> 4 & 0xfff)
#define MIDR_REVISION(id)	((id) & 0xf)

static const struct {
	unsigned int part;
	const char *name;
} parts[] = {
	{ 0xc05, "Cortex-A5" }, { 0xc07, "Cortex-A7" }, { 0xc08, "Cortex-A8" },
	{ 0xc09, "Cortex-A9" }, { 0xc0f, "Cortex-A15" },
};

/* In the order of the bits. */
static const char *const hwcap_names[] = {
	"swp", "half", "thumb", "26bit", "fastmult", "fpa", "vfp", "edsp", "java", "iwmmxt",
	"crunch", "thumbee", "neon", "vfpv3", "vfpv3d16", "tls", "vfpv4", "idiva", "idivt",
	"vfpd32",
};

void __init identify_cpu(void)
{
	boot_cpu.midr = CP15_READ("c0, c0, 0");
	boot_cpu.hwcap |= HWCAP_HALF | HWCAP_THUMB | HWCAP_FAST_MULT | HWCAP_EDSP | HWCAP_TLS;
}

static const char *part_name(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].part == MIDR_PART(boot_cpu.midr))
			return parts[i].name;
	return "ARMv7 Processor";
}

void show_cpuinfo(struct seq_file *m)
{
	unsigned int i;

	seq_printf(m, "processor\t: 0\nmodel name\t: %s rev %u (v7l)\nFeatures\t:", part_name(),
		   MIDR_REVISION(boot_cpu.midr));
	for (i = 0; i < ARRAY_SIZE(hwcap_names); i++)
		if (boot_cpu.hwcap & (1U << i))
			seq_printf(m, " %s", hwcap_names[i]);
	seq_printf(m, "\nCPU implementer\t: 0x%02x\nCPU architecture: 7\n",
		   MIDR_IMPLEMENTER(boot_cpu.midr));
	seq_printf(m, "CPU variant\t: 0x%x\nCPU part\t: 0x%03x\nCPU revision\t: %u\n\n",
		   MIDR_VARIANT(boot_cpu.midr), MIDR_PART(boot_cpu.midr),
		   MIDR_REVISION(boot_cpu.midr));
	seq_puts(m, "Hardware\t: ARM-Versatile Express\n");
}
