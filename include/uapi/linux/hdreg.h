/*
 * What HDIO_GETGEO tells: the geometry of a disk as old partitioning programs
 * want it. No one reads by cylinders any more.
 */
#ifndef _UAPI_LINUX_HDREG_H
#define _UAPI_LINUX_HDREG_H

struct hd_geometry {
	unsigned char heads;
	unsigned char sectors;
	unsigned short cylinders;
	unsigned long start;		/* first sector of the partition */
};

#endif
