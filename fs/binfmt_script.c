/*
 * Scripts: a file that begins with "#! interpreter [argument]". The interpreter is run instead,
 * with the words of that line and the script's name before the caller's arguments. The interpreter
 * may be a script itself, four deep; 0.12 allowed one level, and a shorter line.
 */
#include <linux/binfmts.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/string.h>

#define LINE_MAX_012	127	/* characters behind "#!" */

static char *skip_blanks(char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static char *skip_word(char *s)
{
	while (*s && *s != ' ' && *s != '\t')
		s++;
	return s;
}

/* Cuts the first line, without "#!" and blanks at its end, into interpreter and argument. */
static int parse_line(char *line, char **interp, char **arg)
{
	char *end = strchr(line, '\n');

	if (!end)
		end = line + strlen(line);
	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	*end = '\0';
	*interp = skip_blanks(line);
	if (!**interp)
		return -ENOEXEC;
	end = skip_word(*interp);
	*arg = NULL;
	if (*end) {
		*end = '\0';
		*arg = skip_blanks(end + 1);	/* all the rest is one argument */
	}
	return 0;
}

/* What 0.12 made argv[0]. */
static const char *basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int load_script(struct linux_binprm *bprm, struct pt_regs *regs)
{
	char line[BINPRM_BUF_SIZE], *interp, *arg;
	const char *args[3];
	struct file *file;
	int n = 0, err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	if (bprm->sh_bang++ >= MAX_SCRIPT_DEPTH)
		return -ELOOP;
	memcpy(line, bprm->buf + 2, sizeof(line) - 2);
	line[current->personality == PER_LINUX_012 ? LINE_MAX_012 : sizeof(line) - 2] = '\0';
	err = parse_line(line, &interp, &arg);
	if (err)
		return err;

	remove_arg_zero(bprm);
	args[n++] = current->personality == PER_LINUX_012 ? basename_of(interp) : interp;
	if (arg)
		args[n++] = arg;
	args[n++] = bprm->interp;
	err = copy_strings_kernel(n, args, bprm);
	if (err)
		return err;
	bprm->argc += n;

	file = open_exec(interp);
	if (IS_ERR(file))
		return PTR_ERR(file);
	close_text(bprm->file);
	bprm->file = file;
	bprm->interp = interp;		/* valid until we return, and no longer needed then */
	err = prepare_binprm(bprm);
	if (!err)
		err = search_binary_handler(bprm, regs);
	return err;
}

static struct linux_binfmt script_format = {
	.name = "script",
	.load_binary = load_script,
};

static int __init script_init(void)
{
	return register_binfmt(&script_format);
}
initcall_fs(script_init);
