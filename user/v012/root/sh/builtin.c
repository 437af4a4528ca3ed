/*
 * What the shell has to do itself, and its variables. All variables are exported.
 */
#include "sh.h"

#define MAX_VARIABLES	48
#define VARIABLE_SIZE	256		/* "NAME=value" and its end */

static char variables[MAX_VARIABLES][VARIABLE_SIZE];
static char *pointers[MAX_VARIABLES + 1];
static int nr_variables;

/* ---- variables ---- */

static char *find_variable(const char *name, int len)
{
	int i;

	for (i = 0; i < nr_variables; i++) {
		if (!strncmp(variables[i], name, len) && variables[i][len] == '=')
			return variables[i];
	}
	return 0;
}

const char *get_variable(const char *name, int len)
{
	char *found = find_variable(name, len);

	return found ? found + len + 1 : 0;
}

int assignment(char *word)
{
	char *equals = strchr(word, '='), *c, *place;

	if (!equals || equals == word || isdigit(*word))
		return 0;
	for (c = word; c < equals; c++) {
		if (*c != '_' && !isalpha(*c) && !isdigit(*c))
			return 0;
	}
	place = find_variable(word, equals - word);
	if (!place && nr_variables < MAX_VARIABLES) {
		place = pointers[nr_variables] = variables[nr_variables];
		nr_variables++;
	}
	if (place && strlen(word) < VARIABLE_SIZE)
		strcpy(place, word);
	else
		say_to(2, "sh: no room for a variable\n");
	return 1;
}

void init_variables(char **envp)
{
	while (envp && *envp)
		assignment(*envp++);
	environ = pointers;
}

/* ---- commands ---- */

static int do_cd(int argc, char **argv)
{
	const char *home = get_variable("HOME", 4), *dir = argc > 1 ? argv[1] : home ? home : "/";
	long err = chdir(dir);

	return err < 0 ? complain("cd", dir, err) : 0;
}

static int do_exit(int argc, char **argv)
{
	exit(argc > 1 ? number(argv[1], 10) : last_status);
}

static int do_exec(int argc, char **argv)
{
	long err;

	if (argc < 2)
		return 0;
	err = execve(argv[1], argv + 1, environ);
	complain("exec", argv[1], err);
	return 126;
}

/* Runs a file in this shell. */
static int do_source(int argc, char **argv)
{
	long fd = argc > 1 ? open(argv[1], O_RDONLY, 0) : -ENOENT;

	if (fd < 0)
		return complain(".", argc > 1 ? argv[1] : "", fd);
	last_status = 0;
	run_file(fd, 0);
	close(fd);
	return last_status;
}

static int do_set(int argc UNUSED, char **argv UNUSED)
{
	int i;

	for (i = 0; i < nr_variables; i++)
		say("%s\n", variables[i]);
	return 0;
}

static int do_umask(int argc, char **argv)
{
	long old;

	if (argc > 1) {
		umask(number(argv[1], 8));
	} else {
		old = umask(0);
		umask(old);
		say("%03lo\n", old);
	}
	return 0;
}

static int do_wait(int argc UNUSED, char **argv UNUSED)
{
	long got, status;

	do
		got = waitpid(-1, &status, 0);
	while (got > 0 || got == -EINTR);
	return 0;
}

static int do_kill(int argc, char **argv)
{
	int i = 1, sig = SIGTERM, status = 0;
	long err;

	if (argc > 2 && argv[1][0] == '-')
		sig = number(argv[i++] + 1, 10);
	for (; i < argc; i++) {
		err = kill(number(argv[i], 10), sig);
		if (err < 0)
			status = complain("kill", argv[i], err);
	}
	return status;
}

static int do_export(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		assignment(argv[i]);
	return 0;
}

static int do_nothing(int argc UNUSED, char **argv UNUSED)
{
	return 0;
}

static int do_fail(int argc UNUSED, char **argv UNUSED)
{
	return 1;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} builtins[] = {
	{ "cd", do_cd }, { "exit", do_exit }, { "exec", do_exec }, { ".", do_source },
	{ "set", do_set }, { "umask", do_umask }, { "wait", do_wait }, { "kill", do_kill },
	{ "export", do_export }, { ":", do_nothing },
	{ "true", do_nothing }, { "false", do_fail },
};

static int find_builtin(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(builtins) / sizeof(*builtins); i++) {
		if (!strcmp(builtins[i].name, name))
			return i;
	}
	return -1;
}

int is_builtin(const char *name)
{
	return find_builtin(name) >= 0;
}

int builtin(int argc, char **argv)
{
	int i = argc ? find_builtin(argv[0]) : -1;

	return i < 0 ? -1 : builtins[i].run(argc, argv);
}
