/*
 * Where lines come from: a terminal, a script that is our input (as /etc/rc is, which init opens
 * for us), a file, or -c. Input is read a byte at a time, so that commands find what follows.
 */
#include "sh.h"

int script_argc, interactive;
char **script_argv;
long shell_pid;

/* One line without its end; how many bytes it took, 0: there is no more. */
static int read_line(long fd, char *line)
{
	int n = 0, taken = 0;
	char c;
	long got;

	for (;;) {
		got = read(fd, &c, 1);
		if (got == -EINTR)
			continue;
		if (got <= 0)
			break;
		taken++;
		if (c == '\n')
			break;
		if (n < LINE_MAX - 1)
			line[n++] = c;
	}
	line[n] = 0;
	return taken;
}

static void show_prompt(void)
{
	const char *ps1 = get_variable("PS1", 3);
	long status;

	while (waitpid(-1, &status, WNOHANG) > 0)
		;				/* jobs that have ended */
	say("%s", ps1 ? ps1 : "# ");
}

void run_file(long fd, int prompt)
{
	char line[LINE_MAX];

	for (;;) {
		if (prompt)
			show_prompt();
		if (!read_line(fd, line))
			break;
		run_line(line);
	}
}

static void run_profile(void)
{
	const char *home = get_variable("HOME", 4);
	char path[LINE_MAX];
	long fd;

	if (!home || strlen(home) > LINE_MAX - 20)
		return;
	chdir(home);
	strcpy(path, home);
	strcat(path, "/.profile");
	fd = open(path, O_RDONLY, 0);
	if (fd < 0)
		return;
	run_file(fd, 0);
	close(fd);
}

/* Opens a script far from the descriptors that it may use itself. */
static long open_script(const char *path)
{
	long fd = open(path, O_RDONLY, 0), high;

	if (fd < 0)
		return fd;
	high = fcntl(fd, F_DUPFD, 10);
	close(fd);
	if (high >= 0)
		fcntl(high, F_SETFD, 1);
	return high;
}

int main(int argc, char **argv, char **envp)
{
	char termios[64];
	long fd = 0;

	init_variables(envp);
	shell_pid = getpid();
	script_argc = argc;
	script_argv = argv;
	if (argc > 2 && !strcmp(argv[1], "-c")) {
		script_argc -= 2;
		script_argv += 2;
		run_line(argv[2]);
		return last_status;
	}
	if (argc > 1) {
		script_argc--;
		script_argv++;
		fd = open_script(argv[1]);
		if (fd < 0) {
			complain("sh", argv[1], fd);
			return 127;
		}
	} else {
		interactive = ioctl(0, TCGETS, termios) >= 0;
	}
	if (interactive) {
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
		signal(SIGTSTP, SIG_IGN);
	}
	if (argv[0][0] == '-')
		run_profile();
	run_file(fd, interactive);
	return last_status;
}
