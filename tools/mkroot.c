/*
 * mkroot: put files into a MINIX file system that mkfs.minix made, without
 * mounting it. The image builder calls it once for the whole root. What comes
 * later on the command line replaces what came earlier.
 *
 * usage: mkroot [-o OFFSET] IMAGE { -n TABLE | -s DIR | -d DIR } ...
 *	-o OFFSET	byte at which the file system begins in IMAGE
 *	-n TABLE	nodes from a text file (format below)
 *	-s DIR		a tree, permissions made 755 or 644, as a source tree's umask may vary
 *	-d DIR		a tree with the permissions it has (OVERLAY=)
 * Files of a tree belong to root.
 *
 * A line of a TABLE: type path mode uid gid ARGUMENTS, with `#` beginning a comment:
 *	d path mode uid gid			directory; an existing one gets these attributes
 *	f path mode uid gid HOSTFILE		file
 *	l path mode uid gid TARGET		symbolic link
 *	c|b path mode uid gid major minor	device
 *	p path mode uid gid			FIFO
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "minixfs.h"

#define PATH_LEN	4096

static struct minixfs fs;

static void __attribute__((noreturn)) die(const char *what, const char *why)
{
	fprintf(stderr, "mkroot: %s: %s\n", what, why);
	exit(1);
}

/* Stop if a call of the writer failed. */
static void check(const char *what, int result)
{
	if (result)
		die(what, fs.error);
}

/* Map a host file; an empty one has no address. */
static void *map_file(const char *name, int writable, size_t *size)
{
	int fd = open(name, writable ? O_RDWR : O_RDONLY);
	struct stat st;
	void *p = NULL;

	if (fd < 0 || fstat(fd, &st) < 0)
		die(name, strerror(errno));
	*size = st.st_size;
	if (st.st_size) {
		p = mmap(NULL, st.st_size, PROT_READ | (writable ? PROT_WRITE : 0),
			 MAP_SHARED, fd, 0);
		if (p == MAP_FAILED)
			die(name, strerror(errno));
	}
	close(fd);
	return p;
}

static void add_file(const char *path, const struct minixfs_attr *attr, const char *host)
{
	size_t size;
	void *data = map_file(host, 0, &size);

	check(host, minixfs_file(&fs, path, attr, data, size));
	if (data)
		munmap(data, size);
}

/* One line of a table, without comment; `where` names it in messages. */
static void add_line(const char *line, const char *where)
{
	char type[8], path[PATH_LEN], arg[PATH_LEN] = "";
	struct minixfs_attr attr = { .time = time(NULL) };
	unsigned int minor = 0;
	int fields;

	fields = sscanf(line, "%7s %4095s %o %u %u %4095s %u", type, path,
			&attr.mode, &attr.uid, &attr.gid, arg, &minor);
	if (fields <= 0)
		return;
	if (fields < 5 || type[1])
		die(where, "want: type path mode uid gid ...");
	if (strchr("fl", *type) && fields < 6)
		die(where, "the last field is missing");
	if (strchr("cb", *type) && fields < 7)
		die(where, "want: type path mode uid gid major minor");
	switch (*type) {
	case 'd':
		check(where, minixfs_mkdir(&fs, path, &attr));
		break;
	case 'f':
		add_file(path, &attr, arg);
		break;
	case 'l':
		check(where, minixfs_symlink(&fs, path, &attr, arg));
		break;
	case 'c':
	case 'b':
		check(where, minixfs_node(&fs, path, &attr,
					  *type == 'c' ? MINIXFS_CHAR : MINIXFS_BLOCK,
					  atoi(arg), minor));
		break;
	case 'p':
		check(where, minixfs_node(&fs, path, &attr, MINIXFS_FIFO, 0, 0));
		break;
	default:
		die(where, "unknown type of node");
	}
}

static void add_table(const char *name)
{
	FILE *f = fopen(name, "r");
	char line[3 * PATH_LEN], where[PATH_LEN + 16];
	int nr = 0;

	if (!f)
		die(name, strerror(errno));
	while (fgets(line, sizeof(line), f)) {
		snprintf(where, sizeof(where), "%s:%d", name, ++nr);
		line[strcspn(line, "#\n")] = 0;
		add_line(line, where);
	}
	fclose(f);
}

static void add_link(const char *path, const struct minixfs_attr *attr, const char *host)
{
	char target[PATH_LEN];
	ssize_t len = readlink(host, target, sizeof(target) - 1);

	if (len < 0)
		die(host, strerror(errno));
	target[len] = 0;
	check(host, minixfs_symlink(&fs, path, attr, target));
}

static void add_tree(const char *host, const char *path, int plain);

/* One thing of a tree, by its type. A directory that is there keeps its attributes. */
static void add_any(const char *host, const char *path, int plain)
{
	struct minixfs_attr attr = { 0 };
	struct stat st;
	int type = MINIXFS_CHAR;

	if (lstat(host, &st) < 0)
		die(host, strerror(errno));
	attr.mode = st.st_mode & 07777;
	attr.time = st.st_mtime;
	if (plain)
		attr.mode = attr.mode & 0100 ? 0755 : 0644;
	switch (st.st_mode & S_IFMT) {
	case S_IFDIR:
		if (minixfs_stat(&fs, path, NULL) < 0)
			check(host, minixfs_mkdir(&fs, path, &attr));
		add_tree(host, path, plain);
		break;
	case S_IFREG:
		add_file(path, &attr, host);
		break;
	case S_IFLNK:
		attr.mode = 0777;
		add_link(path, &attr, host);
		break;
	case S_IFIFO:
		check(host, minixfs_node(&fs, path, &attr, MINIXFS_FIFO, 0, 0));
		break;
	case S_IFBLK:
		type = MINIXFS_BLOCK;
		/* fall through */
	case S_IFCHR:
		check(host, minixfs_node(&fs, path, &attr, type,
					 major(st.st_rdev), minor(st.st_rdev)));
		break;
	default:
		fprintf(stderr, "mkroot: %s: left out, no kind of file for a disk\n", host);
	}
}

/* All that is in a host directory, into the directory `path` ("" = root). */
static void add_tree(const char *host, const char *path, int plain)
{
	char from[PATH_LEN], to[PATH_LEN];
	struct dirent **names;
	int i, n = scandir(host, &names, NULL, alphasort);

	if (n < 0)
		die(host, strerror(errno));
	for (i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		if (strcmp(name, ".") && strcmp(name, "..")) {
			if (snprintf(from, PATH_LEN, "%s/%s", host, name) >= PATH_LEN ||
			    snprintf(to, PATH_LEN, "%s/%s", path, name) >= PATH_LEN)
				die(host, "path too long");
			add_any(from, to, plain);
		}
		free(names[i]);
	}
	free(names);
}

static void __attribute__((noreturn)) usage(void)
{
	fprintf(stderr, "usage: mkroot [-o OFFSET] IMAGE { -n TABLE | -s DIR | -d DIR } ...\n");
	exit(2);
}

int main(int argc, char **argv)
{
	size_t size, offset = 0;
	uint32_t inodes, zones;
	char *image;
	int i = 1;

	if (i + 1 < argc && !strcmp(argv[i], "-o")) {
		offset = strtoul(argv[i + 1], NULL, 0);
		i += 2;
	}
	if (i >= argc || (argc - i - 1) % 2)
		usage();
	image = map_file(argv[i], 1, &size);
	if (offset > size)
		die(argv[i], "ends before OFFSET");
	check(argv[i], minixfs_open(&fs, image + offset, size - offset));
	for (i++; i < argc; i += 2) {
		if (!strcmp(argv[i], "-n"))
			add_table(argv[i + 1]);
		else if (!strcmp(argv[i], "-s"))
			add_tree(argv[i + 1], "", 1);
		else if (!strcmp(argv[i], "-d"))
			add_tree(argv[i + 1], "", 0);
		else
			usage();
	}
	minixfs_free(&fs, &inodes, &zones);
	printf("root: %u blocks and %u inodes free\n", zones, inodes);
	return 0;
}
