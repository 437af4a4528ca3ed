/*
 * boot/lz4.c: unpacks what the lz4 tool packed, byte for byte; input that was cut off or
 * damaged anywhere is refused or at least never read or written out of bounds (ASan looks).
 *
 * usage: test_lz4 PACKED ORIGINAL
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "boot/lz4.h"
#include "unit.h"

#define DAMAGES	3000

static unsigned char *load(const char *name, size_t *size)
{
	FILE *f = fopen(name, "rb");
	unsigned char *data;

	CHECK(f != NULL);
	fseek(f, 0, SEEK_END);
	*size = ftell(f);
	rewind(f);
	data = malloc(*size ? *size : 1);
	CHECK(fread(data, 1, *size, f) == *size);
	fclose(f);
	return data;
}

int main(int argc, char **argv)
{
	size_t packed_size, size, cut;
	unsigned char *packed, *original, *out, *copy;
	int i, refused = 0;

	CHECK(argc == 3);
	packed = load(argv[1], &packed_size);
	original = load(argv[2], &size);
	out = malloc(size ? size : 1);
	CHECK(lz4_unframe(out, size, packed, packed_size) == (long)size);
	CHECK(memcmp(out, original, size) == 0);
	if (size)
		CHECK(lz4_unframe(out, size - 1, packed, packed_size) == LZ4_NO_ROOM);

	/* cut off: each prefix stands in a block of its own size */
	for (cut = 0; cut < packed_size; cut += 1 + packed_size / 200) {
		copy = malloc(cut ? cut : 1);
		memcpy(copy, packed, cut);
		CHECK(lz4_unframe(out, size, copy, cut) < 0, "a prefix of %zu bytes was accepted",
		      cut);
		free(copy);
	}

	/* damaged: one to three bytes are changed */
	copy = malloc(packed_size);
	for (i = 0; i < DAMAGES; i++) {
		int k, changes = 1 + unit_random(3);

		memcpy(copy, packed, packed_size);
		for (k = 0; k < changes; k++)
			copy[unit_random(packed_size)] ^= 1 + unit_random(255);
		if (lz4_unframe(out, size, copy, packed_size) != (long)size ||
		    memcmp(out, original, size))
			refused++;
	}
	/* the frame carries a checksum: hardly anything gets through */
	CHECK(refused > DAMAGES * 9 / 10, "only %d of %d were refused", refused, DAMAGES);
	return 0;
}
