/*
 * PCI configuration space: enough to find a controller and its registers. A
 * machine without PCI has no device of any class.
 *
 * A device is named by its address on the bus, PCI_ADDR(bus, slot, function).
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/types.h>

#define PCI_ADDR(bus, slot, fn)	(((bus) << 8) | ((slot) << 3) | (fn))

/* Registers of configuration space (PCI 2.1, chapter 6). */
#define PCI_VENDOR_ID		0x00
#define PCI_COMMAND		0x04
#define  PCI_COMMAND_IO		0x1	/* answers to I/O ports */
#define  PCI_COMMAND_MEMORY	0x2
#define  PCI_COMMAND_MASTER	0x4	/* may do DMA */
#define PCI_CLASS_PROG		0x09
#define PCI_CLASS_DEVICE	0x0a	/* 16 bits: class and subclass */
#define PCI_HEADER_TYPE		0x0e
#define PCI_BASE_ADDRESS_0	0x10
#define PCI_BASE_ADDRESS_4	0x20
#define PCI_SUBORDINATE_BUS	0x1a	/* bridges: the highest bus behind it */

#define PCI_CLASS_STORAGE_IDE	0x0101
#define PCI_CLASS_BRIDGE_PCI	0x0604

/* Aligned `where`; reads of a device that is not there give all ones. */
u8 pci_read_config_byte(unsigned int addr, unsigned int where);
u16 pci_read_config_word(unsigned int addr, unsigned int where);
u32 pci_read_config_dword(unsigned int addr, unsigned int where);
/* Writes 16 bits. Never sleeps, as the reads. */
void pci_write_config_word(unsigned int addr, unsigned int where, u16 value);

/* Address of the index-th (from 0) function of that class, or -ENODEV. */
int pci_find_class(unsigned int class, unsigned int index);

#endif
