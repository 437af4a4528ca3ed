/*
 * Starting a program: what exec gathers, and the formats that can be loaded.
 */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

#include <linux/types.h>
#include <linux/fs.h>

#define BINPRM_BUF_SIZE	256
#define MAX_ARG_PAGES	32		/* 128 KB of arguments and environment */
#define MAX_SCRIPT_DEPTH 4

struct linux_binprm {
	char buf[BINPRM_BUF_SIZE];	/* the first bytes of the file, zero padded */
	struct page *page[MAX_ARG_PAGES];	/* argument pages; the last ends the space */
	unsigned long p;		/* offset of the lowest string in those pages */
	struct file *file;
	int sh_bang;			/* scripts nested so far */
	uid_t e_uid;
	gid_t e_gid;
	bool secure;			/* set-uid or set-gid took effect: AT_SECURE */
	bool committed;			/* the old program is gone: an error now kills */
	int argc, envc;
	const char *filename;		/* as the caller named it */
	const char *interp;		/* the file really executed */
};

struct linux_binfmt {
	const char *name;
	/* Loads, and sets the registers; 0, -ENOEXEC (not mine), or another error. */
	int (*load_binary)(struct linux_binprm *bprm, struct pt_regs *regs);
	struct linux_binfmt *next;
};
/*
 * Adds a format at the end of those that search_binary_handler() tries; the struct stays in use.
 * 0.
 */
int register_binfmt(struct linux_binfmt *fmt);

/*
 * execve(2) with a name of the kernel: current runs that program, entered when it returns to user
 * mode. 0 or -ERRNO, with the old program intact up to the point of no return. May sleep.
 */
long do_execve(const char *filename, char __user *__user *argv, char __user *__user *envp,
	       struct pt_regs *regs);
int prepare_binprm(struct linux_binprm *bprm);		/* credentials and the first bytes */
/* Asks each format until one knows the file: its load_binary()'s answer, or -ENOEXEC. May sleep. */
int search_binary_handler(struct linux_binprm *bprm, struct pt_regs *regs);
/* Opens a program or an interpreter for execution, until close_text(). ERR_PTR(-EACCES), ... */
struct file *open_exec(const char *name);
/* Strings of the kernel, pushed downwards, the last first. 0, -E2BIG, -ENOMEM. */
int copy_strings_kernel(int argc, const char *const *argv, struct linux_binprm *bprm);
void remove_arg_zero(struct linux_binprm *bprm);	/* drops argv[0] */
/* The point of no return: kills other threads, frees the old space, resets signals. 0 or -ERRNO. */
int flush_old_exec(struct linux_binprm *bprm);
/* Gives current the ids that prepare_binprm() worked out (set-uid, set-gid). Never sleeps. */
void compute_creds(struct linux_binprm *bprm);
/*
 * Makes the stack VMA and maps the argument pages so that they end at stack_top. From then on
 * bprm->p is a user address.
 */
int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top);
/* The second half of that, for who has made the VMA. mmap_sem held for writing. 0 or -ENOMEM. */
int put_arg_pages(struct linux_binprm *bprm, unsigned long stack_top);
/*
 * Stores the addresses of `count` strings that follow one another from `str` on, and NULL. The
 * address behind the last string, or 0: the program's memory cannot take them. Sleeps.
 */
unsigned long put_arg_vector(unsigned long __user *vector, int count, unsigned long str);

#endif
