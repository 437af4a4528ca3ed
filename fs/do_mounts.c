/*
 * The first mount: the root file system, found by what the command line says.
 *
 *	root=/dev/hda1	which device; also hda1, 3:1, and 301 as in 1992
 *	rootfstype=minix	which type; without it every type that lives on disks is tried
 *	ro, rw		how; rw is the default
 *
 * Without root= it is the first partition of the first disk, or the whole of that
 * disk if it has no partitions. With ramdisk= a copy of what is on a floppy or a second disk may be
 * mounted in its place (rd_load()). Task 1 calls mount_root() once.
 *
 * 0.12 had the device number patched into its boot sector.
 */
#include <linux/fs.h>
#include <linux/blkdev.h>
#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/string.h>

static char root_name[64] __initdata;
static char root_fstype[32] __initdata;
static bool root_read_only __initdata;

static void __init root_setup(char *value)
{
	strlcpy(root_name, value, sizeof(root_name));
}
__setup("root=", root_setup);

static void __init rootfstype_setup(char *value)
{
	strlcpy(root_fstype, value, sizeof(root_fstype));
}
__setup("rootfstype=", rootfstype_setup);

static void __init ro_setup(char *value)
{
	if (!*value)
		root_read_only = true;
}
__setup("ro", ro_setup);

static void __init rw_setup(char *value)
{
	if (!*value)
		root_read_only = false;
}
__setup("rw", rw_setup);

/* "hda", "hda1": a disk's name and perhaps a partition number. */
static dev_t disk_name_to_dev(const char *name)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &disk_list, list) {
		size_t len = strlen(disk->name);
		unsigned long part = 0;
		char *end;

		if (strncmp(name, disk->name, len))
			continue;
		if (name[len]) {
			if (!isdigit(name[len]))
				continue;
			part = simple_strtoul(name + len, &end, 10);
			if (*end || part == 0 || part >= disk->minors)
				continue;
		}
		return MKDEV(disk->major, disk->first_minor + part);
	}
	return 0;
}

dev_t name_to_dev_t(const char *name)
{
	unsigned long major, minor;
	char *end;
	dev_t dev;

	if (!strncmp(name, "/dev/", 5))
		return disk_name_to_dev(name + 5);
	dev = disk_name_to_dev(name);
	if (dev)
		return dev;
	major = simple_strtoul(name, &end, 10);
	if (*end == ':' && end != name) {
		minor = simple_strtoul(end + 1, &end, 10);
		return *end || major > 255 || minor > 255 ? 0 : MKDEV(major, minor);
	}
	dev = simple_strtoul(name, &end, 16);
	return *end || dev > 0xffff ? 0 : blkdev_of_1992(dev);
}

/* What there is, for the person who has to choose another root=. */
static void __init list_disks(void)
{
	struct gendisk *disk;
	unsigned int i;

	printk(KERN_EMERG "Disks and partitions found:%s\n",
	       list_empty(&disk_list) ? " none" : "");
	list_for_each_entry(disk, &disk_list, list) {
		printk(KERN_EMERG "  %s  %lu KB\n", disk->name,
		       (unsigned long)(disk->capacity >> 1));
		for (i = 1; i < disk->minors && i < ARRAY_SIZE(disk->part); i++)
			if (disk->part[i].nr_sects)
				printk(KERN_EMERG "  %s%u  %lu KB, type %02x\n", disk->name, i,
				       (unsigned long)(disk->part[i].nr_sects >> 1),
				       disk->part[i].type);
	}
}

/* root= may have been a number: /proc/mounts is to show a name. */
static void __init set_root_name(dev_t dev)
{
	struct gendisk *disk;
	unsigned int part;

	list_for_each_entry(disk, &disk_list, list) {
		part = MINOR(dev) - disk->first_minor;
		if (disk->major != MAJOR(dev) || part >= disk->minors)
			continue;
		if (part)
			snprintf(root_name, sizeof(root_name), "/dev/%s%u", disk->name, part);
		else
			snprintf(root_name, sizeof(root_name), "/dev/%s", disk->name);
	}
}

static dev_t __init default_root(void)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &disk_list, list) {
		if (disk->major == RAMDISK_MAJOR || disk->major == FLOPPY_MAJOR)
			continue;
		if (disk->minors > 1 && disk->part[1].nr_sects)
			return MKDEV(disk->major, disk->first_minor + 1);
		return MKDEV(disk->major, disk->first_minor);
	}
	panic("No root file system: root= is not given and there is no disk. "
	      "Attach a disk, or name the device with root=/dev/NAME");
}

static dev_t __init find_root_device(void)
{
	dev_t dev = root_name[0] ? name_to_dev_t(root_name) : default_root();
	int err = blkdev_get(dev, &dev);

	if (err == -ENXIO) {
		list_disks();
		panic("No root file system: there is no %s root=%s. "
		      "Choose one of the list above with root=/dev/NAME",
		      MAJOR(dev) == FLOPPY_MAJOR ? "disk in the drive" : "device", root_name);
	}
	if (err)
		panic("No root file system: the disk root=%s cannot be read, error %d", root_name,
		      -err);
	return dev;
}

static void __init list_types(void)
{
	static char list[256] __initdata;

	get_filesystem_list(list, sizeof(list));
	printk(KERN_EMERG "File system types:\n%s", list);
}

static struct super_block *__init read_root(dev_t dev, unsigned long flags)
{
	struct file_system_type *type;

	if (!root_fstype[0])
		return read_super_auto(dev, flags, root_name, NULL);
	type = get_fs_type(root_fstype);
	if (!type) {
		list_types();
		panic("No root file system: the type rootfstype=%s is unknown. Choose one of "
		      "the list above, or leave rootfstype= out to try all", root_fstype);
	}
	return read_super(type, dev, flags, root_name, NULL, 0);
}

void __init mount_root(void)
{
	dev_t dev = rd_load(find_root_device());
	unsigned long flags = root_read_only ? MS_RDONLY : 0;
	struct super_block *sb;

	set_root_name(dev);
	if (!flags && blkdev_read_only(dev)) {
		printk(KERN_WARNING "%s is write-protected: mounting it read-only\n", root_name);
		flags = MS_RDONLY;
	}
	sb = read_root(dev, flags);
	if (IS_ERR(sb)) {
		list_disks();
		list_types();
		panic("No root file system: root=%s (device %u:%u) could not be read as %s: %s, "
		      "error %ld. Change root=, rootfstype= or try ro", root_name,
		      MAJOR(dev), MINOR(dev),
		      root_fstype[0] ? root_fstype : "any type with a device",
		      PTR_ERR(sb) == -EINVAL ? "nothing of the kind is there" : "it failed",
		      -PTR_ERR(sb));
	}
	current->fs->root = dget(sb->s_root);
	current->fs->pwd = dget(sb->s_root);
	printk(KERN_INFO "Mounted root %s (%s file system)%s\n", root_name, sb->s_type->name,
	       sb->s_flags & MS_RDONLY ? ", read-only" : "");
}
