/*
 * Page faults: what the CPU reports, up to the point where generic code takes
 * over in handle_mm_fault().
 *
 *	address in a VMA, access allowed	handle_mm_fault(), and go on
 *	below a stack VMA, near esp		grow the stack, then the same
 *	otherwise, from user mode		SIGSEGV
 *	otherwise, from the kernel		the exception table has a fix-up: use it
 *						none: an oops
 *	kernel address of the vmalloc area	copy the directory entry, and go on
 *
 * The error code (Intel SDM vol. 3, 4.7): bit 0 the page was present (a
 * protection fault), bit 1 a write, bit 2 from user mode.
 */
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <asm/traps.h>
#include <asm/uaccess.h>

#define FAULT_PRESENT	1
#define FAULT_WRITE	2
#define FAULT_USER	4

/* The largest step below esp that one instruction (enter, pusha) can reach. */
#define STACK_SLACK	(65536 + 32 * sizeof(long))

/* A table was made in the kernel's directory after this one was copied from it. */
static bool vmalloc_fault(unsigned long address)
{
	pgd_t *pgd = (pgd_t *)__va(read_cr3() & PAGE_MASK) + pgd_index(address);
	pgd_t *kernel_pgd = swapper_pg_dir + pgd_index(address);

	if (!(pgd_val(*kernel_pgd) & _PAGE_PRESENT) || pgd_val(*pgd) == pgd_val(*kernel_pgd))
		return false;
	*pgd = *kernel_pgd;
	return true;
}

static void kernel_fault(struct pt_regs *regs, unsigned long address, unsigned long error_code)
{
	unsigned long fixup = search_exception_table(regs->eip);

	if (fixup) {
		regs->eip = fixup;
		return;
	}
	printk(KERN_EMERG "Unable to handle kernel %s at virtual address %08lx (%s)\n",
	       address < PAGE_SIZE ? "null pointer" : "access", address,
	       error_code & FAULT_WRITE ? "write" : "read");
	die("Oops", regs, error_code);
}

static void bad_area(struct pt_regs *regs, unsigned long address, unsigned long error_code,
		     int sig, int code)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, error_code);
		return;
	}
	current->thread.cr2 = address;
	/* A program learns nothing about kernel addresses. */
	current->thread.error_code = error_code | (address >= TASK_SIZE ? FAULT_PRESENT : 0);
	current->thread.trap_no = 14;
	force_sig_fault(sig, code, (void *)address);
}

static void fault_oom(struct pt_regs *regs, unsigned long address, unsigned long error_code)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, error_code);
		return;
	}
	if (fatal_signal_pending(current))
		return;				/* it is on its way out already */
	printk(KERN_ERR "Out of memory: killed process %d (%s), which could get no page\n",
	       current->pid, current->comm);
	force_sig(SIGKILL);
}

/* The VMA that allows the access, or NULL: *code is SEGV_ACCERR if there is one that forbids it. */
static struct vm_area_struct *find_accessible_vma(struct mm_struct *mm, struct pt_regs *regs,
						  unsigned long address, bool write, int *code)
{
	struct vm_area_struct *vma = find_vma(mm, address);

	if (!vma)
		return NULL;
	if (vma->vm_start > address) {
		if (!(vma->vm_flags & VM_GROWSDOWN))
			return NULL;
		if (user_mode(regs) && address + STACK_SLACK < (unsigned long)regs->esp &&
		    (unsigned long)regs->esp >= vma->vm_start &&
		    (unsigned long)regs->esp < vma->vm_end)
			return NULL;		/* this stack is in use, and not down there */
		if (expand_stack(vma, address))
			return NULL;
	}
	if (!(vma->vm_flags & (write ? VM_WRITE : VM_READ | VM_EXEC | VM_WRITE))) {
		*code = SEGV_ACCERR;
		return NULL;
	}
	return vma;
}

void do_page_fault(struct pt_regs *regs, unsigned long error_code)
{
	unsigned long address = read_cr2();
	struct mm_struct *mm = current->mm;
	bool write = error_code & FAULT_WRITE;
	struct vm_area_struct *vma;
	int code = SEGV_MAPERR;

	if (unlikely(address >= TASK_SIZE)) {
		if (!(error_code & (FAULT_PRESENT | FAULT_USER)) && vmalloc_fault(address))
			return;
		bad_area(regs, address, error_code, SIGSEGV, code);
		return;
	}
	if (regs->eflags & X86_EFLAGS_IF)
		local_irq_enable();
	if (unlikely(in_interrupt() || !mm || !(regs->eflags & X86_EFLAGS_IF))) {
		bad_area(regs, address, error_code, SIGSEGV, code);
		return;
	}

	vm_events.pgfault++;
	down_read(&mm->mmap_sem);
	vma = find_accessible_vma(mm, regs, address, write, &code);
	if (unlikely(!vma)) {
		up_read(&mm->mmap_sem);
		bad_area(regs, address, error_code, SIGSEGV, code);
		return;
	}
	switch (handle_mm_fault(mm, vma, address, write)) {
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
		bad_area(regs, address, error_code, SIGBUS, BUS_ADRERR);
		break;
	case VM_FAULT_OOM:
		up_read(&mm->mmap_sem);
		fault_oom(regs, address, error_code);
		break;
	}
}
