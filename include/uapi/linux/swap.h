/*
 * The flags of swapon(2), and what mkswap writes into the first page of an area.
 */
#ifndef _UAPI_LINUX_SWAP_H
#define _UAPI_LINUX_SWAP_H

#define SWAP_FLAG_PREFER	0x8000	/* a priority is given: */
#define SWAP_FLAG_PRIO_MASK	0x7fff

#define SWAP_SIGNATURE		"SWAPSPACE2"	/* the last ten bytes of the page */
#define SWAP_SIGNATURE_LEN	10

/*
 * That of 1992. The rest of the page is a bitmap: bit n of byte m says that page 8m + n is good.
 * Bit 0, this page's, is not set.
 */
#define SWAP_SIGNATURE_1992	"SWAP-SPACE"

struct swap_header {
	char boot[1024];		/* for boot code and disk labels */
	unsigned int version;		/* 1 */
	unsigned int last_page;		/* number of the last one, the header's being 0 */
	unsigned int nr_badpages;
	unsigned char uuid[16];
	char label[16];
	unsigned int padding[117];
	unsigned int badpages[];
};

#endif
