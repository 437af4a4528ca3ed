/*
 * stty [[-]echo] [sane] - the terminal it reads from.
 */
#include "../unix.h"

enum { ISIG = 1, ICANON = 2, ECHO = 8, ECHOE = 16, ECHOK = 32, ICRNL = 0400, IXON = 02000,
       OPOST = 1, ONLCR = 4 };

struct termio12 {
	unsigned short iflag, oflag, cflag, lflag;
	unsigned char line, cc[9];
};

int main(int argc, char **argv, char **envp UNUSED)
{
	struct termio12 t;
	long err = ioctl(0, 0x5405, &t);		/* TCGETA */
	int i;

	if (err < 0)
		return complain("stty", "input", err);
	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "echo")) {
			t.lflag |= ECHO;
		} else if (!strcmp(argv[i], "-echo")) {
			t.lflag &= ~ECHO;
		} else if (!strcmp(argv[i], "sane")) {
			t.lflag |= ISIG | ICANON | ECHO | ECHOE | ECHOK;
			t.iflag |= ICRNL | IXON;
			t.oflag |= OPOST | ONLCR;
		} else {
			return complain("stty", argv[i], -EINVAL);
		}
	}
	if (argc == 1)
		say("%secho %sicanon erase=%d\n", t.lflag & ECHO ? "" : "-",
		    t.lflag & ICANON ? "" : "-", t.cc[2]);
	err = ioctl(0, 0x5407, &t);			/* TCSETAW */
	return err < 0 ? complain("stty", "input", err) : 0;
}
