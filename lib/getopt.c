/*
 * lib/getopt.c - command-line options of one letter, as POSIX describes them.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

/* Complains unless told not to, and returns what getopt returns then. */
static int complain(const char *program, const char *what, const char *options)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s: -%c\n", program, what, optopt);
	return '?';
}

int getopt(int argc, char *const argv[], const char *options)
{
	static int within;		/* where in the word argv[optind] we are, 0: not inside */
	const char *word, *known;

	optarg = NULL;
	if (!within) {
		if (optind >= argc || argv[optind][0] != '-' || !argv[optind][1])
			return -1;
		if (!strcmp(argv[optind], "--")) {
			optind++;
			return -1;
		}
		within = 1;
	}
	word = argv[optind];
	optopt = word[within++];
	known = optopt == ':' ? NULL : strchr(options, optopt);
	if (known && known[1] == ':' && word[within]) {
		optarg = (char *)word + within;
		optind++;
		within = 0;
		return optopt;
	}
	if (!word[within]) {
		optind++;
		within = 0;
	}
	if (!known)
		return complain(argv[0], "unknown option", options);
	if (known[1] == ':') {
		if (optind >= argc) {
			complain(argv[0], "option needs an argument", options);
			return *options == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	return optopt;
}
