/*
 * Memory aborts: what the CPU reports, up to the point where generic code takes
 * over in handle_mm_fault().
 *
 *	translation, access flag,	do_page_fault(): as below
 *	domain, permission
 *	anything else			do_other_abort() in traps.c: alignment, breakpoint,
 *					external aborts
 *
 *	address in a VMA, access allowed	handle_mm_fault(), and go on. Not only for missing
 *						pages: the first access to an old page and
 *						the first write to a clean one fault too.
 *	below a stack VMA, near sp		grow the stack, then the same
 *	otherwise, from user mode		SIGSEGV
 *	otherwise, from the kernel		the exception table has a fix-up: use it
 *						none: an oops
 *	kernel address of the vmalloc area	copy the directory entry, and go on
 *
 * Status: ARM ARM ARMv7-A, B3.13.3. Bit 11 of DFSR is a write (or cache maintenance).
 */
#include <linux/extable.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <asm/cache.h>
#include <asm/fault.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

#define TRAP_ABORT	14		/* trap_no in signal frames */

/* The largest step below sp that a program takes before it moves sp there. */
#define STACK_SLACK	(65536 + 32 * sizeof(long))

/* A table was made in the kernel's directory after this one was copied from it. */
static bool vmalloc_fault(unsigned long address)
{
	pgd_t *pgd = (pgd_t *)__va(read_ttbr()) + pgd_index(address);
	pgd_t *kernel_pgd = swapper_pg_dir + pgd_index(address);

	if (!pgd_val(*kernel_pgd) || pgd_val(*pgd) == pgd_val(*kernel_pgd))
		return false;
	*pgd = *kernel_pgd;
	flush_cache_vmap(address, address + PAGE_SIZE);
	return true;
}

static void kernel_fault(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	unsigned long fixup = search_exception_table(regs->pc);

	if (fixup) {
		regs->pc = fixup;
		return;
	}
	printk(KERN_EMERG "Unable to handle kernel %s at virtual address %08lx (%s)\n",
	       address < PAGE_SIZE ? "null pointer" : "access", address,
	       fsr & FSR_FETCH ? "fetch" : fsr & FSR_WRITE ? "write" : "read");
	die("Oops", regs, fsr);
}

static void bad_area(struct pt_regs *regs, unsigned long address, unsigned long fsr, int sig,
		     int code)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, fsr);
		return;
	}
	local_irq_enable();
	current->thread.address = address;
	/* A program learns nothing about kernel addresses. */
	current->thread.error_code = address >= TASK_SIZE ?
		(fsr & ~0xfUL) | FSR_PERM_PAGE : fsr;
	current->thread.trap_no = TRAP_ABORT;
	force_sig_fault(sig, code, (void *)address);
}

static void fault_oom(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, fsr);
		return;
	}
	if (fatal_signal_pending(current))
		return;				/* it is on its way out already */
	printk(KERN_ERR "Out of memory: killed process %d (%s), which could get no page\n",
	       current->pid, current->comm);
	force_sig(SIGKILL);
}

/* What a VMA must allow for the access. Who may write may read, for the MMU knows no other way. */
static unsigned long needed_flags(unsigned long fsr)
{
	if (fsr & FSR_FETCH)
		return VM_EXEC;
	return fsr & FSR_WRITE ? VM_WRITE : VM_READ | VM_EXEC | VM_WRITE;
}

/* The VMA that allows the access, or NULL: *code is SEGV_ACCERR if there is one that forbids it. */
static struct vm_area_struct *find_accessible_vma(struct mm_struct *mm, struct pt_regs *regs,
						  unsigned long address, unsigned long fsr,
						  int *code)
{
	struct vm_area_struct *vma = find_vma(mm, address);

	if (!vma)
		return NULL;
	if (vma->vm_start > address) {
		if (!(vma->vm_flags & VM_GROWSDOWN))
			return NULL;
		if (user_mode(regs) && address + STACK_SLACK < (unsigned long)regs->sp &&
		    (unsigned long)regs->sp >= vma->vm_start &&
		    (unsigned long)regs->sp < vma->vm_end)
			return NULL;		/* this stack is in use, and not down there */
		if (expand_stack(vma, address))
			return NULL;
	}
	if (!(vma->vm_flags & needed_flags(fsr))) {
		*code = SEGV_ACCERR;
		return NULL;
	}
	return vma;
}

/* Brings in the page of a user address, or says what is wrong. Interrupts are on. */
static void user_page_fault(struct pt_regs *regs, unsigned long address, unsigned long fsr)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int code = SEGV_MAPERR;

	vm_events.pgfault++;
	down_read(&mm->mmap_sem);
	vma = find_accessible_vma(mm, regs, address, fsr, &code);
	if (unlikely(!vma)) {
		up_read(&mm->mmap_sem);
		bad_area(regs, address, fsr, SIGSEGV, code);
		return;
	}
	switch (handle_mm_fault(mm, vma, address, (fsr & FSR_WRITE) != 0)) {
	case VM_FAULT_MINOR:
		current->min_flt++;
		up_read(&mm->mmap_sem);
		break;
	case VM_FAULT_MAJOR:
		current->maj_flt++;
		vm_events.pgmajfault++;
		up_read(&mm->mmap_sem);
		break;
	case VM_FAULT_SIGBUS:
		up_read(&mm->mmap_sem);
		bad_area(regs, address, fsr, SIGBUS, BUS_ADRERR);
		break;
	case VM_FAULT_OOM:
		up_read(&mm->mmap_sem);
		fault_oom(regs, address, fsr);
		break;
	}
}

static void do_page_fault(unsigned long address, unsigned long fsr, struct pt_regs *regs)
{
	if (unlikely(address >= TASK_SIZE)) {
		if (!user_mode(regs) && FSR_STATUS(fsr) == FSR_TRANS_SECTION &&
		    vmalloc_fault(address))
			return;
		bad_area(regs, address, fsr, SIGSEGV, SEGV_MAPERR);
		return;
	}
	/* The kernel executes nothing of a program, whatever a spoiled pointer of its own says. */
	if (unlikely(in_interrupt() || !current->mm || !interrupts_enabled(regs) ||
		     ((fsr & FSR_FETCH) && !user_mode(regs)))) {
		bad_area(regs, address, fsr, SIGSEGV, SEGV_MAPERR);
		return;
	}
	local_irq_enable();
	user_page_fault(regs, address, fsr);
}

/* Does the status name a fault of the page tables? */
static bool is_mmu_fault(unsigned long fsr)
{
	switch (FSR_STATUS(fsr)) {
	case FSR_TRANS_SECTION:
	case FSR_TRANS_PAGE:
	case FSR_ACCESS_SECTION:
	case FSR_ACCESS_PAGE:
	case FSR_DOMAIN_SECTION:
	case FSR_DOMAIN_PAGE:
	case FSR_PERM_SECTION:
	case FSR_PERM_PAGE:
		return true;
	default:
		return false;
	}
}

void do_DataAbort(unsigned long address, unsigned long fsr, struct pt_regs *regs)
{
	fsr &= ~FSR_FETCH;
	if (likely(is_mmu_fault(fsr)))
		do_page_fault(address, fsr, regs);
	else
		do_other_abort(address, fsr, regs);
}

/* IFSR has no bit for a write: a fetch is none. */
void do_PrefetchAbort(unsigned long address, unsigned long fsr, struct pt_regs *regs)
{
	fsr = (fsr & ~FSR_WRITE) | FSR_FETCH;
	if (likely(is_mmu_fault(fsr)))
		do_page_fault(address, fsr, regs);
	else
		do_other_abort(address, fsr, regs);
}
