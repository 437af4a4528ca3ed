/*
 * The floating-point unit, given to a task when it first uses it.
 *
 * It is disabled at a task switch, so the first of its instructions afterwards traps; the machine
 * calls use_fpu(), and only then are the registers loaded. A task whose state is in the registers
 * carries PF_USEDFPU; when it is switched out they are saved at once. A task that never uses the
 * unit costs nothing, one that ever did carries PF_USEDMATH.
 */
#include <linux/errno.h>
#include <linux/fpu.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <asm/system.h>

static struct kmem_cache *fpu_cachep;

static int __init fpu_cache_init(void)
{
	fpu_cachep = kmem_cache_create("fpu_state", sizeof(struct fpu_state),
				       _Alignof(struct fpu_state), SLAB_PANIC, NULL);
	return 0;
}
initcall_dev(fpu_cache_init);

int alloc_fpu(void)
{
	struct task_struct *p = current;

	if (p->thread.fpu)
		return 0;
	p->thread.fpu = kmem_cache_alloc(fpu_cachep, GFP_KERNEL);
	if (!p->thread.fpu)
		return -ENOMEM;
	fresh_fpu(p->thread.fpu);
	p->flags |= PF_USEDMATH;
	return 0;
}

int use_fpu(void)
{
	unsigned long flags;

	if (alloc_fpu())
		return -ENOMEM;
	local_irq_save(flags);
	enable_fpu();
	load_fpu(current->thread.fpu);
	current->flags |= PF_USEDFPU;
	local_irq_restore(flags);
	return 0;
}

void save_fpu(struct task_struct *p)
{
	store_fpu(p->thread.fpu);
	p->flags &= ~PF_USEDFPU;
	disable_fpu();
}

bool sync_fpu(void)
{
	unsigned long flags;

	if (!current->thread.fpu)
		return false;
	local_irq_save(flags);
	if (current->flags & PF_USEDFPU)
		save_fpu(current);
	local_irq_restore(flags);
	return true;
}

int copy_fpu(struct task_struct *child)
{
	child->thread.fpu = NULL;
	child->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	if (!current->thread.fpu)
		return 0;
	child->thread.fpu = kmem_cache_alloc(fpu_cachep, GFP_KERNEL);
	if (!child->thread.fpu)
		return -ENOMEM;
	child->flags |= PF_USEDMATH;
	sync_fpu();
	*child->thread.fpu = *current->thread.fpu;
	return 0;
}

void drop_fpu(struct task_struct *p)
{
	unsigned long flags;

	if (!p->thread.fpu)
		return;
	local_irq_save(flags);
	if (p->flags & PF_USEDFPU)
		disable_fpu();
	p->flags &= ~(PF_USEDFPU | PF_USEDMATH);
	local_irq_restore(flags);
	kmem_cache_free(fpu_cachep, p->thread.fpu);
	p->thread.fpu = NULL;
}
