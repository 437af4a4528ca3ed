/*
 * How task 0 leaves the kernel. Its address space is a page with a copy of .user_text, which is all
 * the user-mode code that is linked with the kernel (init_user.c), and a page of stack. Task 1
 * inherits both by fork and gives them up with its first exec.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/mmu_context.h>
#include <asm/system.h>
#include <asm/thread_calls.h>

void init_user_start(void);
extern char __user_text_load[], __user_text_size[];

static void __init map_user_page(struct mm_struct *mm, unsigned long addr, const void *contents,
				 size_t size)
{
	struct vm_area_struct *vma = vma_create(mm, addr, addr + PAGE_SIZE,
						VM_READ | VM_WRITE | VM_EXEC | VM_MAYREAD |
							VM_MAYWRITE | VM_MAYEXEC);
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);

	if (!vma || !page)
		panic("no memory for task 0");
	if (insert_vm_struct(mm, vma))
		panic("no room for task 0");
	mm->total_vm++;
	memcpy(lowmem_page_address(page), contents, size);
	flush_icache_range((unsigned long)lowmem_page_address(page),
			   (unsigned long)lowmem_page_address(page) + PAGE_SIZE);
	put_dirty_page(mm, page, addr);
}

static void __init user_text_setup(void)
{
	struct mm_struct *mm = mm_alloc();

	if (!mm)
		panic("no memory for task 0");
	mm_pick_layout(mm, TASK_SIZE);
	map_user_page(mm, USER_TEXT_BASE, __user_text_load, (size_t)__user_text_size);
	map_user_page(mm, USER_STACK_TOP - PAGE_SIZE, "", 1);
	local_irq_disable();
	current->mm = current->active_mm = mm;
	switch_mm(&init_mm, mm);
}

/* As if it returned from a system call. */
void __init move_to_user_mode(void)
{
	struct pt_regs *regs = current_pt_regs();

	user_text_setup();
	start_thread(regs, (unsigned long)init_user_start, USER_STACK_TOP);
	current->thread.addr_limit = TASK_SIZE;
	current->flags &= ~PF_KTHREAD;
	return_to_user(regs);
}
