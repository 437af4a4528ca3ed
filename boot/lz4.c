/*
 * The LZ4 frame decoder and its checksum, from the format's description ("LZ4
 * Frame Format" 1.6, "LZ4 Block Format"). The decompression stage calls
 * lz4_unframe() once, on the whole kernel.
 *
 * A frame:  magic | descriptor | blocks ... | end mark (0) | checksum of the content
 * A block:  size, bit 31 = stored as is | bytes | checksum of the bytes, if announced
 * The bytes of a packed block are sequences:
 *	token | more literal length ... | literals | offset (2) | more match length ...
 * where the token holds the first 4 bits of both lengths, a nibble of 15 says
 * that bytes follow to be added, up to and including the first that is not
 * 255, and the last sequence ends after its literals. A match is a copy of
 * what was written `offset` bytes ago and may overlap its own output.
 */
#include <stdint.h>
#include "lz4.h"

#define FRAME_MAGIC		0x184d2204u
#define FLG_VERSION_MASK	0xc0
#define FLG_VERSION_1		0x40
#define FLG_BLOCK_CHECKSUM	0x10
#define FLG_CONTENT_SIZE	0x08
#define FLG_CONTENT_CHECKSUM	0x04
#define FLG_DICTIONARY		0x01
#define BLOCK_STORED		0x80000000u

#define MIN_MATCH		4	/* a match is never shorter; lengths count from it */
#define NIBBLE_MAX		15

/* A place in the input and its end. */
struct input {
	const uint8_t *p, *end;
};

/* The output: all of it, for matches may reach back into earlier blocks. */
struct output {
	uint8_t *start, *p, *end;
};

static uint32_t get32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static size_t left(const struct input *in)
{
	return in->end - in->p;
}

/* Copy words while they last; for areas that do not overlap within a word. */
static void copy_forward(uint8_t *to, const uint8_t *from, size_t len)
{
	for (; len >= sizeof(uint32_t); len -= sizeof(uint32_t)) {
		__builtin_memcpy(to, from, sizeof(uint32_t));
		to += sizeof(uint32_t);
		from += sizeof(uint32_t);
	}
	while (len--)
		*to++ = *from++;
}

/* Add the bytes that follow a full nibble. Returns 0 or LZ4_TRUNCATED. */
static int more_length(struct input *in, size_t *len)
{
	uint8_t byte;

	do {
		if (in->p == in->end)
			return LZ4_TRUNCATED;
		byte = *in->p++;
		*len += byte;	/* at most 255 per input byte: cannot wrap below 16 MB */
	} while (byte == 255);
	return 0;
}

/* Move len bytes from the input to the output. */
static int put(struct output *out, struct input *in, size_t len)
{
	if (len > left(in))
		return LZ4_TRUNCATED;
	if (len > (size_t)(out->end - out->p))
		return LZ4_NO_ROOM;
	copy_forward(out->p, in->p, len);
	out->p += len;
	in->p += len;
	return 0;
}

static int put_literals(struct output *out, struct input *in, size_t len)
{
	if (len == NIBBLE_MAX && more_length(in, &len))
		return LZ4_TRUNCATED;
	return put(out, in, len);
}

static int put_match(struct output *out, struct input *in, size_t len)
{
	size_t offset;

	if (left(in) < 2)
		return LZ4_TRUNCATED;
	offset = in->p[0] | in->p[1] << 8;
	in->p += 2;
	if (offset == 0 || offset > (size_t)(out->p - out->start))
		return LZ4_CORRUPT;
	if (len == NIBBLE_MAX && more_length(in, &len))
		return LZ4_TRUNCATED;
	len += MIN_MATCH;
	if (len > (size_t)(out->end - out->p))
		return LZ4_NO_ROOM;
	if (offset >= sizeof(uint32_t)) {
		copy_forward(out->p, out->p - offset, len);
		out->p += len;
	} else {
		for (; len--; out->p++)
			*out->p = *(out->p - offset);
	}
	return 0;
}

static int unpack_block(struct output *out, struct input *in)
{
	uint8_t token;
	int err;

	for (;;) {
		if (in->p == in->end)
			return LZ4_TRUNCATED;
		token = *in->p++;
		err = put_literals(out, in, token >> 4);
		if (err)
			return err;
		if (in->p == in->end)
			return 0;
		err = put_match(out, in, token & NIBBLE_MAX);
		if (err)
			return err;
	}
}

/* One block, whose size word is `word`. */
static int do_block(struct output *out, struct input *in, uint32_t word, int flags)
{
	uint32_t size = word & ~BLOCK_STORED;
	struct input block = { in->p, in->p };

	if (size > left(in))
		return LZ4_TRUNCATED;
	in->p += size;
	block.end += size;
	if (flags & FLG_BLOCK_CHECKSUM) {
		if (left(in) < 4)
			return LZ4_TRUNCATED;
		if (get32(in->p) != xxh32(block.p, size, 0))
			return LZ4_BAD_CHECKSUM;
		in->p += 4;
	}
	if (word & BLOCK_STORED)
		return put(out, &block, size);
	return unpack_block(out, &block);
}

/*
 * Magic number and descriptor. Returns the flags, or an error; *size becomes
 * the announced size of the content, all ones if none is.
 */
static int frame_header(struct input *in, uint64_t *size)
{
	const uint8_t *descriptor = in->p + 4;
	size_t len = 2;		/* FLG and BD */
	int flags;

	if (left(in) < 4 || get32(in->p) != FRAME_MAGIC)
		return LZ4_NOT_A_FRAME;
	if (left(in) < 4 + 2)
		return LZ4_TRUNCATED;
	flags = descriptor[0];
	if ((flags & FLG_VERSION_MASK) != FLG_VERSION_1 || flags & FLG_DICTIONARY)
		return LZ4_NOT_A_FRAME;
	if (flags & FLG_CONTENT_SIZE)
		len += 8;
	if (left(in) < 4 + len + 1)
		return LZ4_TRUNCATED;
	if (descriptor[len] != (xxh32(descriptor, len, 0) >> 8 & 0xff))
		return LZ4_BAD_CHECKSUM;
	*size = ~0ull;
	if (flags & FLG_CONTENT_SIZE)
		*size = get32(descriptor + 2) | (uint64_t)get32(descriptor + 6) << 32;
	in->p += 4 + len + 1;
	return flags;
}

long lz4_unframe(void *dst, size_t dst_size, const void *src, size_t src_size)
{
	struct input in = { src, (const uint8_t *)src + src_size };
	struct output out = { dst, dst, (uint8_t *)dst + dst_size };
	uint64_t announced;
	uint32_t word;
	size_t written;
	int flags, err;

	flags = frame_header(&in, &announced);
	if (flags < 0)
		return flags;
	for (;;) {
		if (left(&in) < 4)
			return LZ4_TRUNCATED;
		word = get32(in.p);
		in.p += 4;
		if (word == 0)
			break;
		err = do_block(&out, &in, word, flags);
		if (err)
			return err;
	}
	written = out.p - out.start;
	if (announced != ~0ull && announced != written)
		return LZ4_CORRUPT;
	if (flags & FLG_CONTENT_CHECKSUM) {
		if (left(&in) < 4)
			return LZ4_TRUNCATED;
		if (get32(in.p) != xxh32(dst, written, 0))
			return LZ4_BAD_CHECKSUM;
	}
	return written;
}

#define PRIME1	2654435761u
#define PRIME2	2246822519u
#define PRIME3	3266489917u
#define PRIME4	668265263u
#define PRIME5	374761393u

static uint32_t rotl(uint32_t x, int bits)
{
	return x << bits | x >> (32 - bits);
}

static uint32_t round32(uint32_t acc, const uint8_t *p)
{
	return rotl(acc + get32(p) * PRIME2, 13) * PRIME1;
}

unsigned int xxh32(const void *data, size_t len, unsigned int seed)
{
	const uint8_t *p = data;
	const uint8_t *end = p + len;
	uint32_t a = seed + PRIME1 + PRIME2, b = seed + PRIME2, c = seed, d = seed - PRIME1;
	uint32_t hash;

	if (len >= 16) {
		for (; end - p >= 16; p += 16) {
			a = round32(a, p);
			b = round32(b, p + 4);
			c = round32(c, p + 8);
			d = round32(d, p + 12);
		}
		hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
	} else {
		hash = seed + PRIME5;
	}
	hash += len;
	for (; end - p >= 4; p += 4)
		hash = rotl(hash + get32(p) * PRIME3, 17) * PRIME4;
	for (; p < end; p++)
		hash = rotl(hash + *p * PRIME5, 11) * PRIME1;
	hash = (hash ^ hash >> 15) * PRIME2;
	hash = (hash ^ hash >> 13) * PRIME3;
	return hash ^ hash >> 16;
}
