/*
 * The shell of the root of 1992: commands with arguments, quotes, variables, patterns, pipes,
 * redirections, ; & && || and a few commands of its own. No loops, no functions.
 *
 *	main.c		where lines come from
 *	words.c		a line becomes words: quotes, $NAME, patterns
 *	run.c		words become commands, commands become processes
 *	builtin.c	commands that the shell does itself; variables
 */
#ifndef _SH_H
#define _SH_H

#include "../../unix.h"

#define LINE_MAX	1024
#define MAX_WORDS	128

/* What next_token() finds. */
enum token { TOK_END, TOK_WORD, TOK_PIPE, TOK_SEMI, TOK_BACK, TOK_AND, TOK_OR, TOK_REDIRECT,
	     TOK_ERROR };

/* A redirection: open `name` as descriptor fd, or make fd what `from` is. */
struct redirect {
	int fd, flags;
	int from;			/* of N>&M; -1: there is a name */
	char *name;
};

/* ---- words.c ---- */

/* A line that is read, while another inside it is. */
struct line_state {
	const char *at;
	int pool_used;
};
/* Begins with a line. What end_line() wants when it is done; the line's words live until then. */
struct line_state start_line(const char *line);
void end_line(struct line_state outer);
/* TOK_REDIRECT fills in *r but its name; TOK_WORD appends to words what the word stands for. */
enum token next_token(struct redirect *r, char **words, int *nr_words);

/* ---- run.c ---- */

/* Runs a line; leaves what $? is in last_status. */
void run_line(const char *line);
extern int last_status;

/* ---- builtin.c ---- */

/* Does it in the shell itself and returns its status; -1: it is no such command. */
int builtin(int argc, char **argv);
int is_builtin(const char *name);
/* "NAME=value"? Then it is set. */
int assignment(char *word);
/* NULL: there is no such variable. */
const char *get_variable(const char *name, int len);
void init_variables(char **envp);

/* ---- main.c ---- */

/* $0, $1 ... of the script; $$, which is the shell's also where a child of it runs the line. */
extern int script_argc;
extern char **script_argv;
extern long shell_pid;
/* Reads and runs all of fd. */
void run_file(long fd, int prompt);
extern int interactive;

#endif
