/*
 * Page faults: what a fault means, whatever the machine. arch/$(ARCH)/fault.c calls
 * handle_page_fault() with what the CPU reports.
 *
 *	address in a VMA, access allowed	handle_mm_fault(), and go on
 *	below a stack VMA, near the stack	grow the stack, then the same
 *	pointer
 *	otherwise, from user mode		SIGSEGV
 *	otherwise, from the kernel		the exception table has a fix-up: use it
 *						none: an oops
 *	kernel address of the vmalloc area	copy the directory entry, and go on
 */
#include <linux/extable.h>
#include <linux/fault.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <asm/mmu_context.h>
#include <asm/uaccess.h>

/* The largest step below the stack pointer that one instruction or one function takes. */
#define STACK_SLACK	(65536 + 32 * sizeof(long))

/* A table was made in the kernel's directory after the one in use was copied from it. */
static bool vmalloc_fault(unsigned long address)
{
	pgd_t *pgd = current_pgd() + pgd_index(address);
	pgd_t *kernel_pgd = swapper_pg_dir + pgd_index(address);

	if (!pgd_val(*kernel_pgd) || pgd_val(*pgd) == pgd_val(*kernel_pgd))
		return false;
	*pgd = *kernel_pgd;
	flush_cache_vmap(address, address + PAGE_SIZE);
	return true;
}

static void kernel_fault(struct pt_regs *regs, unsigned long address, unsigned long code)
{
	if (fixup_exception(regs))
		return;
	printk(KERN_EMERG "Unable to handle kernel %s at virtual address %08lx (%s)\n",
	       address < PAGE_SIZE ? "null pointer" : "access", address,
	       fault_is_fetch(code) ? "fetch" : fault_is_write(code) ? "write" : "read");
	die("Oops", regs, code);
}

static void bad_area(struct pt_regs *regs, unsigned long address, unsigned long code, int sig,
		     int si_code)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, code);
		return;
	}
	local_irq_enable();
	current->thread.address = address;
	current->thread.error_code =
		address >= TASK_SIZE ? fault_code_at_kernel_address(code) : code;
	current->thread.trap_no = TRAP_PAGE_FAULT;
	force_sig_fault(sig, si_code, (void *)address);
}

static void fault_oom(struct pt_regs *regs, unsigned long address, unsigned long code)
{
	if (!user_mode(regs)) {
		kernel_fault(regs, address, code);
		return;
	}
	if (fatal_signal_pending(current))
		return;				/* it is on its way out already */
	printk(KERN_ERR "Out of memory: killed process %d (%s), which could get no page\n",
	       current->pid, current->comm);
	force_sig(SIGKILL);
}

/* What a VMA must allow. Who may write or execute may read: page tables know no other way. */
static unsigned long needed_flags(unsigned long code)
{
	if (fault_is_fetch(code))
		return VM_EXEC;
	return fault_is_write(code) ? VM_WRITE : VM_READ | VM_EXEC | VM_WRITE;
}

/* A stack grows down to where its user is about to push, but not to anywhere below it. */
static bool grow_stack(struct vm_area_struct *vma, struct pt_regs *regs, unsigned long address)
{
	unsigned long sp = user_stack_pointer(regs);

	if (!(vma->vm_flags & VM_GROWSDOWN))
		return false;
	if (user_mode(regs) && address + STACK_SLACK < sp && sp >= vma->vm_start &&
	    sp < vma->vm_end)
		return false;			/* this stack is in use, and not down there */
	return expand_stack(vma, address) == 0;
}

/*
 * The VMA that allows the access, or NULL: then *si_code is SEGV_ACCERR if there is one that
 * forbids it.
 */
static struct vm_area_struct *find_accessible_vma(struct mm_struct *mm, struct pt_regs *regs,
						  unsigned long address, unsigned long code,
						  int *si_code)
{
	struct vm_area_struct *vma = find_vma(mm, address);

	if (!vma || (vma->vm_start > address && !grow_stack(vma, regs, address)))
		return NULL;
	if (!(vma->vm_flags & needed_flags(code))) {
		*si_code = SEGV_ACCERR;
		return NULL;
	}
	return vma;
}

/* Brings in the page of a user address, or says what is wrong. Interrupts are on. */
static void user_page_fault(struct mm_struct *mm, struct pt_regs *regs, unsigned long address,
			    unsigned long code)
{
	struct vm_area_struct *vma;
	int si_code = SEGV_MAPERR;

	vm_events.pgfault++;
	down_read(&mm->mmap_sem);
	vma = find_accessible_vma(mm, regs, address, code, &si_code);
	if (unlikely(!vma)) {
		up_read(&mm->mmap_sem);
		bad_area(regs, address, code, SIGSEGV, si_code);
		return;
	}
	switch (handle_mm_fault(mm, vma, address, fault_is_write(code))) {
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
		bad_area(regs, address, code, SIGBUS, BUS_ADRERR);
		break;
	case VM_FAULT_OOM:
		up_read(&mm->mmap_sem);
		fault_oom(regs, address, code);
		break;
	}
}

void handle_page_fault(struct pt_regs *regs, unsigned long address, unsigned long code)
{
	struct mm_struct *mm = current->mm;

	if (unlikely(address >= TASK_SIZE)) {
		if (!user_mode(regs) && fault_no_table(code) && vmalloc_fault(address))
			return;
		bad_area(regs, address, code, SIGSEGV, SEGV_MAPERR);
		return;
	}
	/* The kernel executes nothing of a program, whatever a spoiled pointer of its own says. */
	if (unlikely(in_interrupt() || !mm || !interrupts_enabled(regs) ||
		     (fault_is_fetch(code) && !user_mode(regs)))) {
		bad_area(regs, address, code, SIGSEGV, SEGV_MAPERR);
		return;
	}
	local_irq_enable();
	user_page_fault(mm, regs, address, code);
}
