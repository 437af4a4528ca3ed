/*
 * Loading ELF programs: System V ABI, chapters 4 and 5, as far as 32-bit executables go.
 *
 * Each PT_LOAD segment becomes a private mapping of the file, so its pages come in by
 * faults, through the page cache; what lies behind the file's part (bss) is anonymous. A program
 * that names an interpreter (PT_INTERP, the dynamic linker) gets that mapped too, and starts there.
 *
 * Nothing in a file is trusted: load_elf_info() checks the headers completely before the old
 * program is given up, so that a damaged file only costs an ENOEXEC.
 *
 * The stack at the first instruction, from low to high:
 *
 *	sp -> argc, argv[0..], NULL, envp[0..], NULL, auxv (pairs), padding,
 *	      16 random bytes, platform, file name, strings of argv and envp, end of space
 */
#include <linux/binfmts.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/personality.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <asm/elf.h>
#include <asm/uaccess.h>

#define ELF_MAX_PHNUM	128
#define ELF_PATH_MAX	256	/* of an interpreter */

#define elf_page_start(a)	((a) & PAGE_MASK)
#define elf_page_offset(a)	((a) & ~PAGE_MASK)

/* A checked file: its headers and the range of addresses its segments span. */
struct elf_info {
	struct elf32_hdr hdr;
	struct elf32_phdr *phdr;
	unsigned long first, last;	/* lowest address, highest + 1, as linked */
	unsigned long bias;		/* distance between linked and mapped addresses */
	unsigned long phdr_addr;	/* of the program headers, as linked; 0: not mapped */
};

/* ---- checking ---- */

static bool header_is_ours(const struct elf32_hdr *hdr)
{
	return memcmp(hdr->e_ident, ELFMAG, SELFMAG) == 0 &&
	       hdr->e_ident[EI_CLASS] == ELFCLASS32 && hdr->e_ident[EI_DATA] == ELFDATA2LSB &&
	       (hdr->e_type == ET_EXEC || hdr->e_type == ET_DYN) && elf_check_arch(hdr) &&
	       hdr->e_phentsize == sizeof(struct elf32_phdr) &&
	       hdr->e_phnum > 0 && hdr->e_phnum <= ELF_MAX_PHNUM;
}

/* One PT_LOAD, which must lie behind the one before it, inside the file and inside user space. */
static bool segment_is_sane(const struct elf32_phdr *p, const struct elf_info *info,
			    loff_t file_size)
{
	if (p->p_filesz > p->p_memsz || p->p_memsz > TASK_SIZE ||
	    p->p_vaddr > TASK_SIZE - p->p_memsz)
		return false;
	if ((loff_t)p->p_offset + p->p_filesz > file_size)
		return false;
	if (elf_page_offset(p->p_vaddr) != elf_page_offset(p->p_offset))
		return false;
	if (info->hdr.e_type == ET_EXEC && p->p_vaddr < MMAP_MIN_ADDR)
		return false;
	return p->p_vaddr >= info->last;
}

static int check_segments(struct elf_info *info, loff_t file_size)
{
	const struct elf32_phdr *p, *end = info->phdr + info->hdr.e_phnum;
	bool any = false, entry_found = false;

	info->first = info->last = 0;
	info->phdr_addr = 0;
	for (p = info->phdr; p < end; p++) {
		if (p->p_type != PT_LOAD || !p->p_memsz)
			continue;
		if (!segment_is_sane(p, info, file_size))
			return -ENOEXEC;
		if (!any)
			info->first = elf_page_start(p->p_vaddr);
		any = true;
		info->last = p->p_vaddr + p->p_memsz;
		if (info->hdr.e_entry - p->p_vaddr < p->p_memsz)
			entry_found = true;
		if (info->hdr.e_phoff >= p->p_offset &&
		    info->hdr.e_phoff - p->p_offset < p->p_filesz)
			info->phdr_addr = p->p_vaddr + info->hdr.e_phoff - p->p_offset;
	}
	return any && entry_found ? 0 : -ENOEXEC;
}

/* Reads and checks the headers; info->phdr is to be freed whatever the result. */
static int load_elf_info(struct file *file, const char *buf, struct elf_info *info)
{
	size_t size;
	ssize_t n;

	info->phdr = NULL;
	info->bias = 0;
	memcpy(&info->hdr, buf, sizeof(info->hdr));
	if (!header_is_ours(&info->hdr))
		return -ENOEXEC;
	size = info->hdr.e_phnum * sizeof(struct elf32_phdr);
	info->phdr = kmalloc(size, GFP_KERNEL);
	if (!info->phdr)
		return -ENOMEM;
	n = kernel_read(file, info->hdr.e_phoff, info->phdr, size);
	if (n != (ssize_t)size)
		return n < 0 ? n : -ENOEXEC;
	return check_segments(info, file->f_dentry->d_inode->i_size);
}

/* A name of today's, all of which counts also when a program of 1992 starts this one. */
static struct file *open_todays(const char *path)
{
	int personality = current->personality;
	struct file *file;

	current->personality = PER_LINUX;
	file = open_exec(path);
	current->personality = personality;
	return file;
}

/* The file that PT_INTERP names, NULL without one, or ERR_PTR. */
static struct file *open_interpreter(struct file *file, const struct elf_info *info)
{
	const struct elf32_phdr *p, *end = info->phdr + info->hdr.e_phnum;
	char path[ELF_PATH_MAX];
	ssize_t n;

	for (p = info->phdr; p < end; p++) {
		if (p->p_type == PT_INTERP)
			break;
	}
	if (p == end)
		return NULL;
	if (p->p_filesz < 2 || p->p_filesz > sizeof(path))
		return ERR_PTR(-ENOEXEC);
	n = kernel_read(file, p->p_offset, path, p->p_filesz);
	if (n < 0)
		return ERR_PTR(n);
	if (n != (ssize_t)p->p_filesz || path[n - 1])
		return ERR_PTR(-ENOEXEC);
	return open_todays(path);
}

/* ---- mapping ---- */

static int map_segment(struct file *file, const struct elf32_phdr *p, unsigned long bias)
{
	unsigned long addr = p->p_vaddr + bias, start, len, prot = 0;

	if (p->p_flags & PF_R)
		prot |= PROT_READ;
	if (p->p_flags & PF_W)
		prot |= PROT_WRITE;
	if (p->p_flags & PF_X)
		prot |= PROT_EXEC;
	len = p->p_filesz + elf_page_offset(addr);
	start = do_mmap_pgoff(file, elf_page_start(addr), len, prot,
			      MAP_PRIVATE | MAP_FIXED | MAP_DENYWRITE | MAP_EXECUTABLE,
			      p->p_offset >> PAGE_SHIFT);
	return IS_ERR_VALUE(start) ? (int)start : 0;
}

/* The part of a segment that the file does not fill: the end of its last page, then whole pages. */
static int map_bss(const struct elf32_phdr *p, unsigned long bias)
{
	unsigned long start = p->p_vaddr + bias + p->p_filesz;
	unsigned long end = p->p_vaddr + bias + p->p_memsz;
	unsigned long first_page = p->p_filesz ? PAGE_ALIGN(start) : elf_page_start(start);
	unsigned long addr;

	if (PAGE_ALIGN(end) > first_page) {
		down_write(&current->mm->mmap_sem);
		addr = do_brk(first_page, PAGE_ALIGN(end) - first_page);
		up_write(&current->mm->mmap_sem);
		if (IS_ERR_VALUE(addr))
			return (int)addr;
	}
	if (p->p_filesz && (p->p_flags & PF_W) && first_page > start &&
	    clear_user((void __user *)start, min(first_page, end) - start))
		return -EFAULT;
	return 0;
}

static int map_file(struct file *file, const struct elf_info *info)
{
	const struct elf32_phdr *p, *end = info->phdr + info->hdr.e_phnum;
	int err = 0;

	for (p = info->phdr; p < end && !err; p++) {
		if (p->p_type != PT_LOAD || !p->p_memsz)
			continue;
		if (p->p_filesz) {
			down_write(&current->mm->mmap_sem);
			err = map_segment(file, p, info->bias);
			up_write(&current->mm->mmap_sem);
		}
		if (!err && p->p_memsz > p->p_filesz)
			err = map_bss(p, info->bias);
	}
	return err;
}

/* Code, data and heap of the program, for /proc and for brk(2). */
static void set_mm_ranges(struct mm_struct *mm, const struct elf_info *info)
{
	const struct elf32_phdr *p, *end = info->phdr + info->hdr.e_phnum;

	mm->start_code = info->first + info->bias;
	mm->end_code = mm->start_data = mm->end_data = mm->start_code;
	for (p = info->phdr; p < end; p++) {
		unsigned long start = p->p_vaddr + info->bias;

		if (p->p_type != PT_LOAD)
			continue;
		if (p->p_flags & PF_X)
			mm->end_code = start + p->p_filesz;
		else
			mm->start_data = start;
		mm->end_data = start + p->p_filesz;
	}
	mm->start_brk = mm->brk = PAGE_ALIGN(info->last + info->bias);
}

/* ---- the stack ---- */

/* Pushes n bytes; the new stack pointer, 0 when the stack cannot take them. */
static unsigned long push(unsigned long sp, const void *data, size_t n)
{
	sp -= n;
	return copy_to_user((void __user *)sp, data, n) ? 0 : sp;
}

/* Addresses of what the vector points to. */
struct aux_strings {
	unsigned long execfn, platform, random;
};

static int fill_auxv(unsigned long *auxv, struct linux_binprm *bprm, const struct elf_info *info,
		     unsigned long interp_base, const struct aux_strings *at)
{
	struct task_struct *p = current;
	int n = 0;

#define AUX(type, value)	(auxv[n++] = (type), auxv[n++] = (unsigned long)(value))
	AUX(AT_HWCAP, ELF_HWCAP);
	AUX(AT_PAGESZ, PAGE_SIZE);
	AUX(AT_CLKTCK, HZ);
	if (info->phdr_addr)
		AUX(AT_PHDR, info->phdr_addr + info->bias);
	AUX(AT_PHENT, sizeof(struct elf32_phdr));
	AUX(AT_PHNUM, info->hdr.e_phnum);
	AUX(AT_BASE, interp_base);
	AUX(AT_FLAGS, 0);
	AUX(AT_ENTRY, info->hdr.e_entry + info->bias);
	AUX(AT_UID, p->uid);
	AUX(AT_EUID, p->euid);
	AUX(AT_GID, p->gid);
	AUX(AT_EGID, p->egid);
	AUX(AT_SECURE, bprm->secure);
	AUX(AT_RANDOM, at->random);
	AUX(AT_EXECFN, at->execfn);
	AUX(AT_PLATFORM, at->platform);
	AUX(AT_NULL, 0);
#undef AUX
	return n;
}

/* Pushes these; the new stack pointer, or 0. */
static unsigned long push_aux_strings(unsigned long sp, const char *filename,
				      struct aux_strings *at)
{
	const char *name = ELF_PLATFORM;
	u8 seed[16];

	get_random_bytes(seed, sizeof(seed));
	at->execfn = push(sp, filename, strlen(filename) + 1);
	at->platform = at->execfn ? push(at->execfn, name, strlen(name) + 1) : 0;
	at->random = at->platform ? push(at->platform, seed, sizeof(seed)) : 0;
	return at->random;
}

/* Builds the vectors; the stack pointer for the new program, or 0. */
static unsigned long create_elf_tables(struct linux_binprm *bprm, const struct elf_info *info,
				       unsigned long interp_base)
{
	struct mm_struct *mm = current->mm;
	struct aux_strings at;
	unsigned long sp, str;
	unsigned long __user *vector;
	int n;

	sp = push_aux_strings(bprm->p, bprm->filename, &at);
	if (!sp)
		return 0;
	n = fill_auxv(mm->saved_auxv, bprm, info, interp_base, &at);
	/* argc, both vectors with their NULLs, auxv; the ABI wants sp aligned to 16. */
	sp -= (1 + bprm->argc + 1 + bprm->envc + 1 + n) * sizeof(long);
	sp &= ~15UL;

	vector = (unsigned long __user *)sp;
	if (put_user((unsigned long)bprm->argc, vector++))
		return 0;
	mm->arg_start = bprm->p;
	str = put_arg_vector(vector, bprm->argc, mm->arg_start);
	if (!str)
		return 0;
	mm->arg_end = mm->env_start = str;
	vector += bprm->argc + 1;
	str = put_arg_vector(vector, bprm->envc, mm->env_start);
	if (!str)
		return 0;
	mm->env_end = str;
	vector += bprm->envc + 1;
	if (copy_to_user(vector, mm->saved_auxv, n * sizeof(long)))
		return 0;
	mm->start_stack = sp;
	return sp;
}

/* ---- the whole ---- */

/* Maps the interpreter wherever it fits; its entry point, or -ERRNO. */
static unsigned long map_interpreter(struct file *file, struct elf_info *info)
{
	unsigned long size = PAGE_ALIGN(info->last) - info->first, base;
	int err;

	if (info->hdr.e_type == ET_DYN) {
		down_write(&current->mm->mmap_sem);
		base = get_unmapped_area(0, size, 0);
		up_write(&current->mm->mmap_sem);
		if (IS_ERR_VALUE(base))
			return base;
		info->bias = base - info->first;
	}
	err = map_file(file, info);
	return err ? (unsigned long)err : info->hdr.e_entry + info->bias;
}

/* From here on an error kills. */
static int start_elf(struct linux_binprm *bprm, struct elf_info *info, struct file *interp,
		     struct elf_info *interp_info, struct pt_regs *regs)
{
	unsigned long entry, sp;
	int err;

	compute_creds(bprm);
	err = setup_arg_pages(bprm, TASK_SIZE);
	if (err)
		return err;
	if (info->hdr.e_type == ET_DYN)
		info->bias = elf_page_start(ELF_ET_DYN_BASE) - info->first;
	err = map_file(bprm->file, info);
	if (err)
		return err;
	set_mm_ranges(current->mm, info);
	entry = info->hdr.e_entry + info->bias;
	if (interp) {
		entry = map_interpreter(interp, interp_info);
		if (IS_ERR_VALUE(entry))
			return (int)entry;
	}
	sp = create_elf_tables(bprm, info, interp ? interp_info->bias : 0);
	if (!sp)
		return -EFAULT;
	start_thread(regs, entry, sp);
	return 0;
}

static int load_elf_binary(struct linux_binprm *bprm, struct pt_regs *regs)
{
	struct elf_info info, interp_info = { .phdr = NULL };
	struct file *interp = NULL;
	char buf[sizeof(struct elf32_hdr)];
	ssize_t n;
	int err;

	err = load_elf_info(bprm->file, bprm->buf, &info);
	if (err)
		goto out;
	if (info.hdr.e_type == ET_DYN && info.last > TASK_SIZE - ELF_ET_DYN_BASE) {
		err = -ENOMEM;
		goto out;
	}
	interp = open_interpreter(bprm->file, &info);
	if (IS_ERR(interp)) {
		err = PTR_ERR(interp);
		interp = NULL;
		goto out;
	}
	if (interp) {
		n = kernel_read(interp, 0, buf, sizeof(buf));
		err = n == sizeof(buf) ? load_elf_info(interp, buf, &interp_info) : -ENOEXEC;
		if (err)
			goto out;
	}
	err = flush_old_exec(bprm);
	if (!err)
		err = start_elf(bprm, &info, interp, &interp_info, regs);
out:
	if (interp)
		close_text(interp);
	kfree(interp_info.phdr);
	kfree(info.phdr);
	return err;
}

static struct linux_binfmt elf_format = {
	.name = "elf",
	.load_binary = load_elf_binary,
};

static int __init elf_init(void)
{
	return register_binfmt(&elf_format);
}
initcall_fs(elf_init);
