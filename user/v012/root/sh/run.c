/*
 * Commands become processes. A pipeline's processes all run at once, and its status is the last
 * one's. A command alone that the shell can do itself is done without a process.
 */
#include "sh.h"

#define MAX_REDIRECTS	4

struct command {
	char *words[MAX_WORDS];
	int nr_words, nr_redirects;
	struct redirect redirects[MAX_REDIRECTS];
};

int last_status;

static void syntax_error(const char *what)
{
	say_to(2, "sh: %s\n", what);
	last_status = 2;
}

/* ---- one command ---- */

/* Up to an operator, which is returned. */
static enum token parse_command(struct command *c)
{
	struct redirect r, unused;
	enum token tok;
	int nr;

	c->nr_words = c->nr_redirects = 0;
	for (;;) {
		tok = next_token(&r, c->words, &c->nr_words);
		if (tok == TOK_WORD)
			continue;
		if (tok != TOK_REDIRECT)
			break;
		nr = c->nr_words;
		if (r.from < 0 && next_token(&unused, c->words, &c->nr_words) != TOK_WORD)
			return TOK_ERROR;
		if (c->nr_redirects == MAX_REDIRECTS)
			return TOK_ERROR;
		r.name = r.from < 0 ? c->words[nr] : 0;
		c->nr_words = nr;
		c->redirects[c->nr_redirects++] = r;
	}
	c->words[c->nr_words] = 0;
	return tok;
}

static int redirect(const struct command *c)
{
	int i;
	long fd;

	for (i = 0; i < c->nr_redirects; i++) {
		const struct redirect *r = &c->redirects[i];

		fd = r->name ? open(r->name, r->flags, 0666) : dup2(r->from, r->fd);
		if (fd < 0) {
			complain("sh", r->name ? r->name : "descriptor", fd);
			return -1;
		}
		if (r->name && fd != r->fd) {
			dup2(fd, r->fd);
			close(fd);
		}
	}
	return 0;
}

/* The same for what the shell does itself: it wants its own descriptors back. */
static int run_builtin(struct command *c)
{
	long saved[3], fd;
	int status = 1;

	for (fd = 0; fd < 3; fd++)
		saved[fd] = c->nr_redirects ? fcntl(fd, F_DUPFD, 10) : -1;
	if (!redirect(c))
		status = builtin(c->nr_words, c->words);
	for (fd = 0; fd < 3; fd++) {
		if (saved[fd] >= 0) {
			dup2(saved[fd], fd);
			close(saved[fd]);
		}
	}
	return status;
}

/* Tries the directories of PATH; returns when none has it. */
static long search(char **argv)
{
	const char *path = get_variable("PATH", 4), *end;
	char name[LINE_MAX];
	long err = -ENOENT;

	if (strchr(argv[0], '/'))
		return execve(argv[0], argv, environ);
	for (path = path ? path : "/bin:/usr/bin:/etc"; err == -ENOENT; path = end + 1) {
		end = path + strcspn(path, ":");
		if (end - path + strlen(argv[0]) + 2 > sizeof(name))
			break;
		memcpy(name, path, end - path);
		strcpy(name + (end - path), end > path ? "/" : "");
		strcat(name, argv[0]);
		err = execve(name, argv, environ);
		if (!*end)
			break;
	}
	return err;
}

/* In the child; does not return. */
static void become(struct command *c)
{
	int status;
	long err;

	if (redirect(c))
		exit(1);
	while (c->nr_words && assignment(c->words[0]))
		memmove(c->words, c->words + 1, c->nr_words-- * sizeof(char *));
	if (!c->nr_words)
		exit(0);
	status = builtin(c->nr_words, c->words);
	if (status >= 0)
		exit(status);
	err = search(c->words);
	complain("sh", c->words[0], err);
	exit(err == -ENOENT ? 127 : 126);
}

/* ---- pipelines ---- */

/* Starts a command; its process. in: what it reads; out: where the next one reads. */
static long start(struct command *c, long in, long *out, int background)
{
	long ends[2] = { -1, -1 }, pid;

	if (out && pipe(ends) < 0)
		return -1;
	pid = fork();
	if (!pid) {
		signal(SIGINT, background ? SIG_IGN : SIG_DFL);
		signal(SIGQUIT, background ? SIG_IGN : SIG_DFL);
		if (background && in == 0)
			in = open("/dev/null", O_RDONLY, 0);
		if (in > 0) {
			dup2(in, 0);
			close(in);
		}
		if (out) {
			dup2(ends[1], 1);
			close(ends[0]);
			close(ends[1]);
		}
		become(c);
	}
	if (in > 0)
		close(in);
	if (out) {
		close(ends[1]);
		*out = ends[0];
	}
	return pid;
}

static int wait_for(long pid)
{
	long status = 0, got;

	do
		got = waitpid(-1, &status, 0);
	while (got == -EINTR || (got > 0 && got != pid));
	if (got < 0)
		return 1;
	return status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
}

static int only_assignments(struct command *c)
{
	int i;

	for (i = 0; i < c->nr_words; i++) {
		if (!strchr(c->words[i], '='))
			return 0;
	}
	for (i = 0; i < c->nr_words; i++)
		assignment(c->words[i]);
	return 1;
}

/* A command alone: 1 if no process was needed for it. */
static int run_here(struct command *c)
{
	if (!c->nr_words)
		return 0;
	if (only_assignments(c))
		last_status = 0;
	else if (is_builtin(c->words[0]))
		last_status = run_builtin(c);
	else
		return 0;
	return 1;
}

/* Reads a pipeline and, unless it is to be skipped, runs it. The operator behind it. */
static enum token run_pipeline(int skip)
{
	static struct command c;
	enum token tok = parse_command(&c);
	long in = 0, out, pid = 0;
	int alone = tok != TOK_PIPE && tok != TOK_BACK && tok != TOK_ERROR;

	if (alone && !skip && run_here(&c))
		return tok;
	for (;;) {
		if (tok == TOK_ERROR || (tok == TOK_PIPE && !c.nr_words)) {
			syntax_error("what is this?");
			return TOK_ERROR;
		}
		out = -1;
		if (!skip && (c.nr_words || c.nr_redirects))
			pid = start(&c, in, tok == TOK_PIPE ? &out : 0, tok == TOK_BACK);
		if (pid < 0) {
			complain("sh", "fork", pid);
			last_status = 1;
			pid = 0;
		}
		in = out;
		if (tok != TOK_PIPE)
			break;
		tok = parse_command(&c);
	}
	if (pid && tok != TOK_BACK)
		last_status = wait_for(pid);
	else if (pid && interactive)
		say_to(2, "%ld\n", pid);
	return tok;
}

void run_line(const char *line)
{
	struct line_state outer = start_line(line);
	enum token tok;
	int skip = 0;

	do {
		tok = run_pipeline(skip);
		if (tok == TOK_AND)
			skip = last_status != 0;
		else if (tok == TOK_OR)
			skip = last_status == 0;
		else
			skip = 0;
	} while (tok != TOK_END && tok != TOK_ERROR);
	end_line(outer);
}
