/*
 * LZ4 frames, as the host's `lz4` tool writes them, unpacked in one go from
 * memory to memory. Plain C without a library: used by the decompression
 * stages of both architectures and, under sanitizers, by the host's tests.
 *
 * The data may be damaged in any way: nothing outside [dst, dst + dst_size) is
 * written and nothing outside [src, src + src_size) is read.
 */
#ifndef BOOT_LZ4_H
#define BOOT_LZ4_H

#include <stddef.h>

/* What lz4_unframe answers instead of a size. */
enum {
	LZ4_NOT_A_FRAME = -1,	/* no magic number, or a kind of frame unknown here */
	LZ4_TRUNCATED = -2,	/* the input ends too early */
	LZ4_CORRUPT = -3,	/* lengths, offsets or sizes contradict each other */
	LZ4_NO_ROOM = -4,	/* the output does not fit into dst_size */
	LZ4_BAD_CHECKSUM = -5,
};

/*
 * Unpack the frame at src to dst. Returns the number of bytes written, or one
 * of the negative numbers above; dst may then be partly written. Bytes after
 * the frame's end are ignored.
 */
long lz4_unframe(void *dst, size_t dst_size, const void *src, size_t src_size);

/* xxHash32 of len bytes: the checksum that LZ4 frames carry. */
unsigned int xxh32(const void *data, size_t len, unsigned int seed);

#endif
