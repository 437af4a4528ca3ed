/*
 * PCI configuration space of the PC, by mechanism 1: an address written to
 * one port opens a window of four bytes at another. The disk driver looks here for
 * the IDE controller. In 1992 the bus did not exist yet.
 *
 *	31 30    24 23    16 15    11 10     8 7       2 1 0
 *	+--+-------+--------+--------+--------+---------+---+
 *	| 1|   0   |  bus   |  slot  |function|register | 0 |
 *	+--+-------+--------+--------+--------+---------+---+
 */
#include <linux/pci.h>
#include <linux/errno.h>
#include <asm/io.h>
#include <asm/system.h>

#define CONFIG_ADDRESS	0xcf8
#define CONFIG_DATA	0xcfc
#define CONFIG_ENABLE	0x80000000u

#define MULTI_FUNCTION	0x80	/* in the header type */

static void open_window(unsigned int addr, unsigned int where)
{
	outl(CONFIG_ENABLE | addr << 8 | (where & 0xfc), CONFIG_ADDRESS);
}

u8 pci_read_config_byte(unsigned int addr, unsigned int where)
{
	unsigned long flags;
	u8 value;

	local_irq_save(flags);
	open_window(addr, where);
	value = inb(CONFIG_DATA + (where & 3));
	local_irq_restore(flags);
	return value;
}

u16 pci_read_config_word(unsigned int addr, unsigned int where)
{
	unsigned long flags;
	u16 value;

	local_irq_save(flags);
	open_window(addr, where);
	value = inw(CONFIG_DATA + (where & 2));
	local_irq_restore(flags);
	return value;
}

u32 pci_read_config_dword(unsigned int addr, unsigned int where)
{
	unsigned long flags;
	u32 value;

	local_irq_save(flags);
	open_window(addr, where);
	value = inl(CONFIG_DATA);
	local_irq_restore(flags);
	return value;
}

void pci_write_config_word(unsigned int addr, unsigned int where, u16 value)
{
	unsigned long flags;

	local_irq_save(flags);
	open_window(addr, where);
	outw(value, CONFIG_DATA + (where & 2));
	local_irq_restore(flags);
}

/* With mechanism 1 the address port can be read back. */
static bool pci_present(void)
{
	static int present = -1;

	if (present < 0) {
		unsigned long flags;

		local_irq_save(flags);
		outl(CONFIG_ENABLE, CONFIG_ADDRESS);
		present = inl(CONFIG_ADDRESS) == CONFIG_ENABLE;
		local_irq_restore(flags);
	}
	return present;
}

/* Walks the functions of bus 0 and of every bus that a bridge was seen to lead to. */
int pci_find_class(unsigned int class, unsigned int index)
{
	unsigned int addr, last_bus = 0;

	if (!pci_present())
		return -ENODEV;
	for (addr = 0; addr <= PCI_ADDR(last_bus, 31, 7); addr++) {
		unsigned int this_class;

		if (pci_read_config_word(addr, PCI_VENDOR_ID) == 0xffff) {
			if (!(addr & 7))
				addr |= 7;	/* no function 0: no others either */
			continue;
		}
		this_class = pci_read_config_word(addr, PCI_CLASS_DEVICE);
		if (this_class == class && index-- == 0)
			return addr;
		if (this_class == PCI_CLASS_BRIDGE_PCI) {
			unsigned int bus = pci_read_config_byte(addr, PCI_SUBORDINATE_BUS);

			if (bus > last_bus)
				last_bus = bus;
		}
		if (!(addr & 7) &&
		    !(pci_read_config_byte(addr, PCI_HEADER_TYPE) & MULTI_FUNCTION))
			addr |= 7;
	}
	return -ENODEV;
}
