/*
 * The command line: "root=/dev/hda1 init=/bin/sh debug=syscall,signal quiet".
 *
 * Whoever takes a word says so with __setup(); the linker gathers these in section
 * .init.setup. A word nobody takes is for init's environment or for a later reader of
 * /proc/cmdline, and is left alone.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/string.h>

#define DEBUG_WORDS_SIZE	64

char saved_command_line[COMMAND_LINE_SIZE];

static char debug_words[DEBUG_WORDS_SIZE];

extern const struct setup_param __setup_start[], __setup_end[];

/* Gives one word to everybody who asked for its name. */
static void __init handle_word(char *word)
{
	const struct setup_param *param;

	for (param = __setup_start; param < __setup_end; param++) {
		size_t len = strlen(param->name);
		bool has_value = param->name[len - 1] == '=';

		if (strncmp(word, param->name, len) == 0 && (has_value || !word[len]))
			param->func(word + len);
	}
}

void __init parse_early_param(void)
{
	static char line[COMMAND_LINE_SIZE] __initdata;
	char *rest = line, *word;

	strlcpy(line, saved_command_line, sizeof(line));
	while ((word = strsep(&rest, " \t\n")) != NULL) {
		if (*word)
			handle_word(word);
	}
}

static void __init debug_setup(char *value)
{
	strlcpy(debug_words, value, sizeof(debug_words));
}
__setup("debug=", debug_setup);

bool debug_enabled(const char *what)
{
	size_t len = strlen(what);
	const char *s = debug_words;

	while (*s) {
		size_t n = strcspn(s, ",");

		if (n == len && strncmp(s, what, len) == 0)
			return true;
		s += n;
		if (*s)
			s++;
	}
	return false;
}
