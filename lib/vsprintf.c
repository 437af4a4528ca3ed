/*
 * lib/vsprintf.c - formatted output into a buffer.
 *
 * Below printk() and /proc in the kernel, below printf() in programs. Conversions: d i u x X o c s
 * p %; flags # 0 - + blank; width and precision as numbers or *; lengths hh h l ll z t j. No
 * floating point, no %n. %p prints 0x and all digits of the address. An unknown conversion is
 * copied as it stands. 0.12's vsprintf() knew neither the size of its buffer nor 64-bit numbers.
 */
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>

/* The buffer: at is where the next character goes, and runs on past end, so as to count. */
struct out {
	char *start;
	size_t at, size;
};

/* One conversion of the format, parsed. */
struct spec {
	bool left, plus, blank, alt, zero;
	bool upper, is_signed;
	unsigned int base;
	int width;
	int precision;		/* -1: none given */
	int length;		/* sizeof the argument */
};

static void put(struct out *o, char c)
{
	if (o->at < o->size)
		o->start[o->at] = c;
	o->at++;
}

static void pad(struct out *o, char c, int n)
{
	while (n-- > 0)
		put(o, c);
}

/*
 * Writes the digits of v backwards, the last one just below end; returns the first one. A value
 * that fits a machine word takes the fast way.
 */
static char *digits(char *end, unsigned long long v, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	u64 big = v;
	unsigned long n;

	while (big > ULONG_MAX)
		*--end = set[__div64_32(&big, base)];
	n = (unsigned long)big;
	switch (base) {
	case 16:
		for (; n; n >>= 4)
			*--end = set[n & 15];
		break;
	case 8:
		for (; n; n >>= 3)
			*--end = set[n & 7];
		break;
	default:
		for (; n; n /= 10)
			*--end = set[n % 10];
	}
	return end;
}

/* A number is laid out as: blanks, sign or 0x, zeroes, digits, blanks. */
static void put_number(struct out *o, const struct spec *s, unsigned long long v)
{
	char buf[24], *end = buf + sizeof(buf), *p;
	char prefix[2];
	int nprefix = 0, len, zeroes = 0, blanks;

	if (s->is_signed && (long long)v < 0) {
		prefix[nprefix++] = '-';
		v = -v;
	} else if (s->is_signed && (s->plus || s->blank)) {
		prefix[nprefix++] = s->plus ? '+' : ' ';
	} else if (s->alt && s->base == 16 && v) {
		prefix[nprefix++] = '0';
		prefix[nprefix++] = s->upper ? 'X' : 'x';
	}
	p = digits(end, v, s->base, s->upper);
	len = end - p;
	if (s->precision >= 0)
		zeroes = s->precision - len;
	else if (!len)
		zeroes = 1;
	if (s->alt && s->base == 8 && zeroes <= 0)
		zeroes = 1;
	if (zeroes < 0)
		zeroes = 0;
	blanks = s->width - nprefix - zeroes - len;
	if (s->zero && !s->left && s->precision < 0 && blanks > 0) {
		zeroes += blanks;
		blanks = 0;
	}
	if (!s->left)
		pad(o, ' ', blanks);
	for (int i = 0; i < nprefix; i++)
		put(o, prefix[i]);
	pad(o, '0', zeroes);
	while (p < end)
		put(o, *p++);
	if (s->left)
		pad(o, ' ', blanks);
}

static void put_string(struct out *o, const struct spec *s, const char *str)
{
	int len;

	if (!str)
		str = "(null)";
	len = s->precision >= 0 ? strnlen(str, s->precision) : strlen(str);
	if (!s->left)
		pad(o, ' ', s->width - len);
	for (int i = 0; i < len; i++)
		put(o, str[i]);
	if (s->left)
		pad(o, ' ', s->width - len);
}

static void put_char(struct out *o, const struct spec *s, char c)
{
	if (!s->left)
		pad(o, ' ', s->width - 1);
	put(o, c);
	if (s->left)
		pad(o, ' ', s->width - 1);
}

static int parse_int(const char **fmt)
{
	int n = 0;

	while (isdigit(**fmt) && n < 100000)
		n = n * 10 + *(*fmt)++ - '0';
	return n;
}

/* Reads "l", "ll", "h", ... and returns the size of the argument they announce. */
static int parse_length(const char **fmt)
{
	const char *f = *fmt;
	int size;

	switch (*f++) {
	case 'l':
		size = sizeof(long);
		if (*f == 'l') {
			size = sizeof(long long);
			f++;
		}
		break;
	case 'h':
		size = sizeof(short);
		if (*f == 'h') {
			size = sizeof(char);
			f++;
		}
		break;
	case 'z':
	case 't':
		size = sizeof(size_t);
		break;
	case 'j':
		size = sizeof(long long);
		break;
	default:
		return sizeof(int);
	}
	*fmt = f;
	return size;
}

/* Sets the flags that stand first behind the percent sign. */
static void parse_flags(const char **fmt, struct spec *s)
{
	for (;; (*fmt)++) {
		switch (**fmt) {
		case '-': s->left = true; break;
		case '+': s->plus = true; break;
		case ' ': s->blank = true; break;
		case '#': s->alt = true; break;
		case '0': s->zero = true; break;
		default: return;
		}
	}
}

/* Knowing the letter, how is the number to be read and written? False: it is not a number. */
static bool number_format(char letter, struct spec *s)
{
	s->base = 10;
	switch (letter) {
	case 'd':
	case 'i':
		s->is_signed = true;
		return true;
	case 'u':
		return true;
	case 'X':
		s->upper = true;
		/* fall through */
	case 'x':
		s->base = 16;
		return true;
	case 'o':
		s->base = 8;
		return true;
	}
	return false;
}

/* Cuts a value to the size of its argument, keeping the sign. */
static unsigned long long narrow(unsigned int v, const struct spec *s)
{
	switch (s->length) {
	case sizeof(char):
		return s->is_signed ? (unsigned long long)(signed char)v : (unsigned char)v;
	case sizeof(short):
		return s->is_signed ? (unsigned long long)(short)v : (unsigned short)v;
	}
	return s->is_signed ? (unsigned long long)(int)v : v;
}

/*
 * Prints into buf, at most size bytes with the ending zero. Returns the length the text has
 * without a limit: a value >= size means it was cut.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct out o = { .start = buf, .size = size };

	while (*fmt) {
		struct spec s = { .precision = -1 };
		const char *percent = fmt;

		if (*fmt++ != '%') {
			put(&o, fmt[-1]);
			continue;
		}
		parse_flags(&fmt, &s);
		s.width = *fmt == '*' ? (fmt++, va_arg(args, int)) : parse_int(&fmt);
		if (s.width < 0) {
			s.left = true;
			s.width = -s.width;
		}
		if (*fmt == '.') {
			fmt++;
			s.precision = *fmt == '*' ? (fmt++, va_arg(args, int)) : parse_int(&fmt);
		}
		s.length = parse_length(&fmt);
		if (number_format(*fmt, &s)) {
			if (s.length == sizeof(long long))
				put_number(&o, &s, va_arg(args, unsigned long long));
			else
				put_number(&o, &s, narrow(va_arg(args, unsigned int), &s));
		} else if (*fmt == 's') {
			put_string(&o, &s, va_arg(args, const char *));
		} else if (*fmt == 'c') {
			put_char(&o, &s, va_arg(args, int));
		} else if (*fmt == 'p') {
			s.base = 16;
			pad(&o, ' ', s.left ? 0 : s.width - 2 - 2 * (int)sizeof(void *));
			put(&o, '0');
			put(&o, 'x');
			s.precision = 2 * sizeof(void *);
			s.width = s.left ? s.width - 2 : 0;
			put_number(&o, &s, (unsigned long)va_arg(args, void *));
		} else if (*fmt == '%') {
			put(&o, '%');
		} else {
			while (percent < fmt)
				put(&o, *percent++);
			continue;
		}
		fmt++;
	}
	if (size)
		buf[o.at < size ? o.at : size - 1] = 0;
	return o.at;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return n;
}

/* As snprintf, but returns what really stands in the buffer: never more than size - 1. */
int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	if (size == 0)
		return 0;
	return n < (int)size ? n : (int)size - 1;
}
