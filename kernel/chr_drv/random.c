/*
 * Random numbers: a pool that the times of interrupts are stirred into, and
 * a ChaCha20 generator (D. J. Bernstein; RFC 8439) that is keyed from it.
 *
 *	interrupts, keys, clocks -> pool -> key -> ChaCha20 -> random bytes
 *	                                     ^                 |
 *	                                     +-- new key ------+
 *
 * Every stream first replaces the key by output that nobody else sees, so that
 * a later look at the kernel's memory does not give away numbers handed out before. There is
 * no estimate of entropy and no blocking: /dev/random is /dev/urandom.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/system.h>
#include <asm/uaccess.h>
#include "random.h"

#define POOL_WORDS	16
#define KEY_WORDS	8
#define BLOCK_BYTES	64
#define INIT_STIRS	64

#define GRND_FLAGS	7	/* GRND_NONBLOCK, GRND_RANDOM, GRND_INSECURE: all the same here */

static u32 pool[POOL_WORDS];		/* changed with interrupts masked, like key */
static unsigned int pool_pos;
static bool pool_fresh;			/* stirred since the key last took from it */
static u32 key[KEY_WORDS];

static inline u32 rotl(u32 x, int n)
{
	return x << n | x >> (32 - n);
}

/* ---- ChaCha20 ---- */

static inline __attribute__((always_inline)) void quarter_round(u32 *x, int a, int b, int c, int d)
{
	x[a] += x[b]; x[d] = rotl(x[d] ^ x[a], 16);
	x[c] += x[d]; x[b] = rotl(x[b] ^ x[c], 12);
	x[a] += x[b]; x[d] = rotl(x[d] ^ x[a], 8);
	x[c] += x[d]; x[b] = rotl(x[b] ^ x[c], 7);
}

/* 64 bytes from a state of 16 words: constants, key, counter, nonce. */
static void chacha20_block(const u32 *state, u32 *out)
{
	int i;

	memcpy(out, state, BLOCK_BYTES);
	for (i = 0; i < 10; i++) {
		quarter_round(out, 0, 4, 8, 12);
		quarter_round(out, 1, 5, 9, 13);
		quarter_round(out, 2, 6, 10, 14);
		quarter_round(out, 3, 7, 11, 15);
		quarter_round(out, 0, 5, 10, 15);
		quarter_round(out, 1, 6, 11, 12);
		quarter_round(out, 2, 7, 8, 13);
		quarter_round(out, 3, 4, 9, 14);
	}
	for (i = 0; i < 16; i++)
		out[i] += state[i];
}

static void chacha20_init(u32 *state, const u32 *from_key)
{
	memcpy(state, "expand 32-byte k", 16);
	memcpy(state + 4, from_key, KEY_WORDS * sizeof(u32));
	memset(state + 12, 0, 4 * sizeof(u32));
}

/* ---- the pool ---- */

void add_interrupt_randomness(u32 value)
{
	unsigned long flags;
	u32 *word;

	local_irq_save(flags);
	word = &pool[pool_pos++ % POOL_WORDS];
	*word = rotl(*word, 7) ^ value ^ arch_random_stir();
	pool_fresh = true;
	local_irq_restore(flags);
}

/* Mixes the pool into the key, one way. Interrupts masked. */
static void rekey(void)
{
	u32 block[16];
	int i;

	chacha20_block(pool, block);
	for (i = 0; i < KEY_WORDS; i++)
		key[i] ^= block[i] ^ block[i + KEY_WORDS];
	pool_fresh = false;
}

/* A state to generate from; the key it came from is already gone. */
static void begin_stream(u32 *state)
{
	u32 block[16];
	unsigned long flags;

	local_irq_save(flags);
	if (pool_fresh)
		rekey();
	chacha20_init(state, key);
	chacha20_block(state, block);
	memcpy(key, block, sizeof(key));
	local_irq_restore(flags);
	memcpy(state + 4, block + KEY_WORDS, KEY_WORDS * sizeof(u32));
}

/*
 * Small requests of the kernel are served from a store of bytes made in advance: exec wants 16
 * each time, and to begin a stream costs two blocks. What has been handed out is
 * wiped.
 */
static u8 store[4 * BLOCK_BYTES];
static size_t store_left;			/* unused bytes, at the start; interrupts masked */

/* A block at a time into buf. */
static void generate(u8 *buf, size_t n)
{
	u32 state[16], block[16];
	size_t now;

	begin_stream(state);
	for (; n; n -= now, buf += now) {
		chacha20_block(state, block);
		state[12]++;
		now = min_t(size_t, n, BLOCK_BYTES);
		memcpy(buf, block, now);
	}
}

void get_random_bytes(void *buf, size_t n)
{
	unsigned long flags;

	if (n > BLOCK_BYTES) {
		generate(buf, n);
		return;
	}
	local_irq_save(flags);
	if (store_left < n) {
		generate(store, sizeof(store));
		store_left = sizeof(store);
	}
	store_left -= n;
	memcpy(buf, store + store_left, n);
	memset(store + store_left, 0, n);
	local_irq_restore(flags);
}

void __init random_init(void)
{
	u64 now = ktime_get_real();
	int i;

	add_interrupt_randomness(now);
	add_interrupt_randomness(now >> 32);
	for (i = 0; i < INIT_STIRS; i++)
		add_interrupt_randomness(i);
}

/* ---- for programs ---- */

static ssize_t random_to_user(char __user *buf, size_t count)
{
	u32 state[16], block[16];
	size_t done = 0, now;

	begin_stream(state);
	while (done < count) {
		chacha20_block(state, block);
		if (++state[12] == 0)
			state[13]++;
		now = min_t(size_t, count - done, BLOCK_BYTES);
		if (copy_to_user(buf + done, block, now))
			return done ? (ssize_t)done : -EFAULT;
		done += now;
		if (done % PAGE_SIZE == 0) {
			if (signal_pending(current))
				break;
			cond_resched();
		}
	}
	return done;
}

static ssize_t read_random(struct file *file __unused, char __user *buf, size_t count,
			   loff_t *pos __unused)
{
	return random_to_user(buf, count);
}

static ssize_t write_random(struct file *file __unused, const char __user *buf, size_t count,
			    loff_t *pos __unused)
{
	u32 chunk[16];
	size_t done, now, i;

	for (done = 0; done < count; done += now) {
		memset(chunk, 0, sizeof(chunk));
		now = min(count - done, sizeof(chunk));
		if (copy_from_user(chunk, buf + done, now))
			return done ? (ssize_t)done : -EFAULT;
		for (i = 0; i < ARRAY_SIZE(chunk); i++)
			add_interrupt_randomness(chunk[i]);
		if (signal_pending(current))
			return done + now;
		cond_resched();
	}
	return done;
}

const struct file_operations random_fops = {
	.llseek = no_llseek,
	.read = read_random,
	.write = write_random,
};

long sys_getrandom(char __user *buf, size_t count, unsigned int flags)
{
	if (flags & ~(unsigned int)GRND_FLAGS)
		return -EINVAL;
	return random_to_user(buf, min_t(size_t, count, 0x7fffffff));
}
