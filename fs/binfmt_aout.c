/*
 * Loading a.out programs, those of 1992.
 *
 * Such a program owns 64 MB and nothing else, all of which it may read, write and execute:
 *
 *	00000000	text, data	the file from block 1 on (aout_text.c)
 *			bss, heap	zeroes at the first touch: brk() only keeps a number
 *			stack
 *	03be0000	argument pages	128 KB
 *	03c00000	library		the file of uselib(), 4 MB
 *	04000000	end
 *
 * 0.12 laid 64 such spaces side by side and told them apart by the bases of their segments. Here
 * each has page tables of its own and base 0, and the limit of the segments is what keeps it in.
 *
 * The stack at the first instruction, from low to high:
 *
 *	sp -> argc, address of argv[0], address of envp[0],
 *	      argv[0..], NULL, envp[0..], NULL, gap, strings of argv and envp, 4 bytes, 03c00000
 */
#include <linux/aout.h>
#include <linux/binfmts.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include <asm/v012.h>

/* Is the file one that we can run, and all there? */
static bool header_is_sane(const struct exec *ex, loff_t file_size)
{
	return ex->a_magic == ZMAGIC && !ex->a_trsize && !ex->a_drsize &&
	       (u64)ex->a_text + ex->a_data + ex->a_bss <= AOUT_MAX_SIZE &&
	       AOUT_BLOCK + (u64)ex->a_text + ex->a_data + ex->a_syms <= (u64)file_size;
}

static void set_mm_ranges(struct mm_struct *mm, const struct exec *ex)
{
	mm->start_code = 0;
	mm->start_data = mm->end_code = ex->a_text;
	mm->end_data = ex->a_text + ex->a_data;
	mm->start_brk = mm->brk = mm->end_data + ex->a_bss;
}

/* The whole 64 MB. mmap_sem held for writing. 0 or -ERRNO. */
static int map_space(struct mm_struct *mm, struct file *file, const struct exec *ex)
{
	unsigned long size = ex->a_text + ex->a_data, end = PAGE_ALIGN(size);
	int err = 0;

	if (size)
		err = map_aout_text(mm, file, 0, end, size);
	if (!err)
		err = map_aout_zeroes(mm, end, AOUT_LIBRARY);
	return err ? err : map_aout_library(mm, current_library());
}

/* Builds the vectors; the stack pointer for the new program, or 0. */
static unsigned long create_tables(struct linux_binprm *bprm)
{
	struct mm_struct *mm = current->mm;
	unsigned long __user *envp = (unsigned long __user *)(bprm->p & ~3UL) - (bprm->envc + 1);
	unsigned long __user *argv = envp - (bprm->argc + 1);
	unsigned long __user *sp = argv - 3;

	mm->arg_end = mm->env_start = put_arg_vector(argv, bprm->argc, mm->arg_start);
	if (!mm->env_start)
		return 0;
	mm->env_end = put_arg_vector(envp, bprm->envc, mm->env_start);
	if (!mm->env_end || put_user((unsigned long)bprm->argc, sp) ||
	    put_user((unsigned long)argv, sp + 1) || put_user((unsigned long)envp, sp + 2))
		return 0;
	mm->start_stack = (unsigned long)sp;
	return mm->start_stack;
}

/* From here on an error kills. */
static int start_aout(struct linux_binprm *bprm, const struct exec *ex, struct pt_regs *regs)
{
	struct mm_struct *mm = current->mm;
	unsigned long sp;
	int err;

	compute_creds(bprm);
	v012_check_library(bprm->secure);
	v012_enter();
	v012_forget_blocked();
	mm_pick_layout(mm, AOUT_TASK_SIZE);
	down_write(&mm->mmap_sem);
	err = map_space(mm, bprm->file, ex);
	if (!err)
		err = put_arg_pages(bprm, AOUT_LIBRARY);
	up_write(&mm->mmap_sem);
	if (err)
		return err;
	set_mm_ranges(mm, ex);
	sp = create_tables(bprm);
	if (!sp)
		return -EFAULT;
	v012_start_thread(regs, ex->a_entry, sp);
	return 0;
}

static int load_aout_binary(struct linux_binprm *bprm, struct pt_regs *regs)
{
	struct exec ex;
	int err;

	memcpy(&ex, bprm->buf, sizeof(ex));
	if (!header_is_sane(&ex, bprm->file->f_dentry->d_inode->i_size))
		return -ENOEXEC;
	err = flush_old_exec(bprm);
	return err ? err : start_aout(bprm, &ex, regs);
}

static struct linux_binfmt aout_format = {
	.name = "a.out",
	.load_binary = load_aout_binary,
};

static int __init aout_init(void)
{
	return register_binfmt(&aout_format);
}
initcall_fs(aout_init);
