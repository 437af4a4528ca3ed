/*
 * One user_struct per uid that has processes: the count that RLIMIT_NPROC limits, the queued
 * signals that RLIMIT_SIGPENDING limits, the locks on files that RLIMIT_LOCKS limits and the shared
 * memory segments kept in memory that RLIMIT_MEMLOCK limits. Processes point at theirs and hold a
 * reference, and so does what is counted, if it may outlive them.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define UID_HASH_SIZE	32

static spinlock_t uidhash_lock = SPIN_LOCK_UNLOCKED;	/* the hash, and the counts of references */
static struct hlist_head uid_hash[UID_HASH_SIZE];
static struct kmem_cache *uid_cachep;

struct user_struct root_user = { .count = 1, .processes = 1 };

static struct hlist_head *uid_bucket(uid_t uid)
{
	return &uid_hash[(uid ^ (uid >> 5)) % UID_HASH_SIZE];
}

/* Queued signals hold references, and come and go in interrupts too. */
void get_uid(struct user_struct *user)
{
	unsigned long flags;

	spin_lock_irqsave(&uidhash_lock, flags);
	user->count++;
	spin_unlock_irqrestore(&uidhash_lock, flags);
}

/* The user_struct of uid with one more reference, or NULL. Interrupts off. */
static struct user_struct *find_uid(uid_t uid)
{
	struct hlist_node *node;

	hlist_for_each(node, uid_bucket(uid)) {
		struct user_struct *user = hlist_entry(node, struct user_struct, link);

		if (user->uid == uid) {
			user->count++;
			return user;
		}
	}
	return NULL;
}

struct user_struct *alloc_uid(uid_t uid)
{
	struct user_struct *user, *new = kmem_cache_zalloc(uid_cachep, GFP_KERNEL);
	unsigned long flags;

	spin_lock_irqsave(&uidhash_lock, flags);
	user = find_uid(uid);
	if (!user && new) {
		user = new;
		user->uid = uid;
		user->count = 1;
		hlist_add_head(&user->link, uid_bucket(uid));
	}
	spin_unlock_irqrestore(&uidhash_lock, flags);
	if (user != new)
		kmem_cache_free(uid_cachep, new);
	return user;
}

void free_uid(struct user_struct *user)
{
	unsigned long flags;

	spin_lock_irqsave(&uidhash_lock, flags);
	if (--user->count == 0) {
		hlist_del_init(&user->link);
		kmem_cache_free(uid_cachep, user);
	}
	spin_unlock_irqrestore(&uidhash_lock, flags);
}

int switch_uid(uid_t uid)
{
	struct user_struct *old = current->user, *new;

	if (uid == old->uid)
		return 0;
	new = alloc_uid(uid);
	if (!new)
		return -ENOMEM;
	if (uid && (unsigned long)new->processes >= rlimit(RLIMIT_NPROC)) {
		free_uid(new);
		return -EAGAIN;
	}
	new->processes++;
	old->processes--;
	current->user = new;
	free_uid(old);
	return 0;
}

void uid_init(void)
{
	uid_cachep = kmem_cache_create("uid_cache", sizeof(struct user_struct), 0, SLAB_PANIC,
				       NULL);
	hlist_add_head(&root_user.link, uid_bucket(0));
}
