/*
 * From a line to words. A word is gathered as characters, each with a mark: quoted or not. What a
 * variable stands for is quoted, so it never is a pattern nor several words.
 */
#include "sh.h"

#define POOL_SIZE	16384

static const char *at;			/* what comes next in the line */
static char pool[POOL_SIZE];
static int pool_used;

struct line_state start_line(const char *line)
{
	struct line_state outer = { at, pool_used };

	at = line;
	return outer;
}

void end_line(struct line_state outer)
{
	at = outer.at;
	pool_used = outer.pool_used;
}

/* A copy that lives as long as the line; NULL: too many of them. */
static char *keep(const char *s)
{
	int size = strlen(s) + 1;
	char *p = pool + pool_used;

	if (size > POOL_SIZE - pool_used)
		return 0;
	pool_used += size;
	return strcpy(p, s);
}

/* ---- gathering ---- */

struct word {
	char text[LINE_MAX], quoted[LINE_MAX];
	int len;
};

static void add(struct word *w, char c, int quoted)
{
	if (w->len < LINE_MAX - 1) {
		w->quoted[w->len] = quoted;
		w->text[w->len++] = c;
	}
}

static void add_string(struct word *w, const char *s)
{
	while (s && *s)
		add(w, *s++, 1);
}

static void add_number(struct word *w, long n)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%ld", n);
	add_string(w, digits);
}

static int name_length(const char *s)
{
	int n = 0;

	while (s[n] == '_' || isalpha(s[n]) || (n && isdigit(s[n])))
		n++;
	return n;
}

/* Behind a '$'. */
static void add_variable(struct word *w)
{
	int len = name_length(at), i;

	if (len) {
		add_string(w, get_variable(at, len));
		at += len;
		return;
	}
	switch (*at) {
	case '?':
		add_number(w, last_status);
		break;
	case '$':
		add_number(w, shell_pid);
		break;
	case '#':
		add_number(w, script_argc - 1);
		break;
	case '*':
		for (i = 1; i < script_argc; i++) {
			add_string(w, script_argv[i]);
			if (i + 1 < script_argc)
				add_string(w, " ");
		}
		break;
	default:
		if (!isdigit(*at)) {
			add(w, '$', 1);
			return;
		}
		if (*at - '0' < script_argc)
			add_string(w, script_argv[*at - '0']);
	}
	at++;
}

/* 0, or -1: a quote is not closed. */
static int gather(struct word *w)
{
	char quote = 0;

	for (w->len = 0; *at;) {
		char c = *at++;

		if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		else if (c == '\\' && quote != '\'' && *at)
			add(w, *at++, 1);
		else if (c == '$' && quote != '\'')
			add_variable(w);
		else if (quote)
			add(w, c, 1);
		else if (strchr(" \t;&|<>", c)) {
			at--;
			break;
		} else
			add(w, c, 0);
	}
	return quote ? -1 : 0;
}

/* ---- patterns ---- */

static int matches(const char *p, const char *marks, const char *name)
{
	for (; *p; p++, marks++, name++) {
		if (*p == '*' && !*marks) {
			while (*name) {
				if (matches(p + 1, marks + 1, name))
					return 1;
				name++;
			}
			return matches(p + 1, marks + 1, name);
		}
		if (!*name || (*p != *name && (*p != '?' || *marks)))
			return 0;
	}
	return !*name;
}

/* Puts `path` where it belongs behind words[first]. */
static void insert(char **words, int first, int *nr, char *path)
{
	int i;

	if (!path || *nr >= MAX_WORDS - 1)
		return;
	for (i = (*nr)++; i > first && strcmp(words[i - 1], path) > 0; i--)
		words[i] = words[i - 1];
	words[i] = path;
}

/*
 * Names of a directory that match the last part of the word; only that may be a pattern. How many
 * words were added.
 */
static int match_names(const struct word *w, char **words, int *nr_words)
{
	int first = *nr_words, dir = w->len;
	char path[LINE_MAX + 16];
	struct dirent12 de;
	long fd;

	while (dir && w->text[dir - 1] != '/')
		dir--;
	memcpy(path, w->text, dir);
	strcpy(path + dir, dir ? "" : ".");
	fd = open(path, O_RDONLY, 0);
	if (fd < 0)
		return 0;
	while (read(fd, &de, sizeof(de)) == sizeof(de)) {
		if (!de.inode || (de.name[0] == '.' && w->text[dir] != '.'))
			continue;
		memcpy(path + dir, de.name, sizeof(de.name));
		path[dir + sizeof(de.name)] = 0;
		if (matches(w->text + dir, w->quoted + dir, path + dir))
			insert(words, first, nr_words, keep(path));
	}
	close(fd);
	return *nr_words - first;
}

static int is_pattern(const struct word *w)
{
	int i;

	for (i = 0; i < w->len; i++) {
		if (!w->quoted[i] && (w->text[i] == '*' || w->text[i] == '?'))
			return 1;
	}
	return 0;
}

/* ---- tokens ---- */

static enum token redirection(struct redirect *r)
{
	char c = *at++;

	if (c == '<') {
		r->flags = O_RDONLY;
	} else if (*at == '>') {
		at++;
		r->flags = O_WRONLY | O_CREAT | O_APPEND;
	} else {
		r->flags = O_WRONLY | O_CREAT | O_TRUNC;
	}
	if (r->fd < 0)
		r->fd = c == '>';
	r->from = -1;
	if (at[0] == '&' && isdigit(at[1])) {
		r->from = at[1] - '0';
		at += 2;
	}
	return TOK_REDIRECT;
}

static enum token word(char **words, int *nr_words)
{
	static struct word w;
	char *copy;

	if (gather(&w))
		return TOK_ERROR;
	w.text[w.len] = w.quoted[w.len] = 0;
	if (is_pattern(&w) && match_names(&w, words, nr_words))
		return TOK_WORD;
	copy = keep(w.text);
	if (!copy || *nr_words >= MAX_WORDS - 1)
		return TOK_ERROR;
	words[(*nr_words)++] = copy;
	return TOK_WORD;
}

enum token next_token(struct redirect *r, char **words, int *nr_words)
{
	at += strspn(at, " \t");
	switch (*at) {
	case 0:
	case '#':
		return TOK_END;
	case ';':
		at++;
		return TOK_SEMI;
	case '|':
	case '&':
		if (at[1] == at[0]) {
			at += 2;
			return at[-1] == '|' ? TOK_OR : TOK_AND;
		}
		return *at++ == '|' ? TOK_PIPE : TOK_BACK;
	}
	r->fd = -1;
	if (isdigit(at[0]) && (at[1] == '<' || at[1] == '>'))
		r->fd = *at++ - '0';
	if (*at == '<' || *at == '>')
		return redirection(r);
	return word(words, nr_words);
}
