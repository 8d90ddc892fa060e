/*
 * printf and its kin, for code that writes to a console or into a buffer: what is printed goes to the log of
 * the driver, line by line. Numbers with a fraction are written as %f does.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEAK __attribute__((weak))
#define LINE_MAX 160

void esc_log(const char *text);

/* Where characters go: into a buffer of a size, of which they may be more than fit, or into the log. */
struct sink {
    char *buffer;
    size_t size, written;
};

/* One conversion, such as %-08.3ld. */
struct form {
    bool left, zeros, alternate;
    char sign;
    int width, precision, longs;
};

static char line[LINE_MAX];
static size_t used;

static void flush(void) {
    if (used == 0) return;
    line[used] = 0;
    used = 0;
    esc_log(line);
}

static void put_line(char c) {
    if (c == '\n') {
        flush();
        return;
    }
    if (used == LINE_MAX - 1) flush();
    line[used++] = c;
}

static void put(struct sink *sink, char c) {
    if (sink->buffer == NULL) put_line(c);
    else if (sink->written + 1 < sink->size) sink->buffer[sink->written] = c;
    sink->written++;
}

static void pad(struct sink *sink, char c, int count) {
    while (count-- > 0) put(sink, c);
}

/* Text with what stands before it, in a field of the form's width. */
static void put_field(struct sink *sink, const struct form *form, const char *before,
                      const char *text, int length) {
    int before_length = 0, room;
    while (before[before_length] != 0) before_length++;
    room = form->width - before_length - length;
    if (!form->left && !form->zeros) pad(sink, ' ', room);
    for (int at = 0; at < before_length; at++) put(sink, before[at]);
    if (!form->left && form->zeros) pad(sink, '0', room);
    for (int at = 0; at < length; at++) put(sink, text[at]);
    if (form->left) pad(sink, ' ', room);
}

/* Digits of a number, the last one at the end of the buffer; returns how many. */
static int digits_of(uint64_t value, unsigned base, bool capitals, char *end) {
    const char *set = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    int count = 0;
    while (value > 0) {
        *--end = set[value % base];
        value /= base;
        count++;
    }
    return count;
}

static void put_number(struct sink *sink, struct form form, const char *before, uint64_t value,
                       unsigned base, bool capitals) {
    char digits[72];
    char *end = digits + sizeof digits;
    int count = digits_of(value, base, capitals, end);
    int least = form.precision < 0 ? 1 : form.precision;
    if (least > 64) least = 64;
    if (form.precision >= 0) form.zeros = false;
    for (; count < least; count++) *(end - count - 1) = '0';
    put_field(sink, &form, before, end - count, count);
}

static void put_signed(struct sink *sink, const struct form *form, int64_t value) {
    char sign[2] = {form->sign, 0};
    if (value < 0) sign[0] = '-';
    put_number(sink, *form, sign, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, false);
}

static void put_float(struct sink *sink, const struct form *form, double value) {
    char sign[2] = {form->sign, 0}, text[64];
    char *const dot = text + 40;
    int places = form->precision < 0 ? 6 : form->precision > 18 ? 18 : form->precision;
    uint64_t scale = 1, whole, rest;
    int count;
    if (value < 0) {
        sign[0] = '-';
        value = -value;
    }
    if (value != value || value > 1.8e19) {
        put_field(sink, form, value != value ? "" : sign, value != value ? "nan" : "inf", 3);
        return;
    }
    for (int place = 0; place < places; place++) scale *= 10;
    whole = (uint64_t)value;
    rest = (uint64_t)((value - (double)whole) * (double)scale + 0.5);
    if (rest >= scale) {
        whole++;
        rest -= scale;
    }
    count = digits_of(whole, 10, false, dot);
    if (count == 0) *(dot - ++count) = '0';
    *dot = '.';
    for (int place = places; place > 0; place--) {
        dot[place] = (char)('0' + (char)(rest % 10));
        rest /= 10;
    }
    put_field(sink, form, sign, dot - count, count + (places > 0 ? places + 1 : 0));
}

static void put_text(struct sink *sink, struct form form, const char *text) {
    int length = 0;
    if (text == NULL) text = "(null)";
    while ((form.precision < 0 || length < form.precision) && text[length] != 0) length++;
    form.zeros = false;
    put_field(sink, &form, "", text, length);
}

static int number_in(const char **at, va_list *arguments) {
    int number = 0;
    if (**at == '*') {
        ++*at;
        return va_arg(*arguments, int);
    }
    while (**at >= '0' && **at <= '9') number = 10 * number + (*(*at)++ - '0');
    return number;
}

static void flags_in(const char **at, struct form *form) {
    for (;; ++*at) {
        if (**at == '-') form->left = true;
        else if (**at == '0') form->zeros = true;
        else if (**at == '#') form->alternate = true;
        else if (**at == '+') form->sign = '+';
        else if (**at == ' ') form->sign = form->sign == 0 ? ' ' : form->sign;
        else return;
    }
}

/* Flags, width, precision and length; `longs` is below 0 for short ones. */
static struct form form_in(const char **at, va_list *arguments) {
    struct form form = {false, false, false, 0, 0, -1, 0};
    flags_in(at, &form);
    form.width = number_in(at, arguments);
    if (form.width < 0) {
        form.left = true;
        form.width = -form.width;
    }
    if (**at == '.') {
        ++*at;
        form.precision = number_in(at, arguments);
    }
    for (;; ++*at) {
        if (**at == 'l') form.longs += sizeof(long) == 8 ? 2 : 1;
        else if (**at == 'h') form.longs--;
        else if (**at == 'j' || **at == 'L') form.longs = 2;
        else if (**at == 'z' || **at == 't') form.longs = sizeof(size_t) == 8 ? 2 : 1;
        else return form;
    }
}

static int64_t signed_of(const struct form *form, va_list *arguments) {
    if (form->longs >= 2) return va_arg(*arguments, int64_t);
    if (form->longs == -1) return (short)va_arg(*arguments, int);
    if (form->longs < -1) return (signed char)va_arg(*arguments, int);
    return va_arg(*arguments, int);
}

static uint64_t unsigned_of(const struct form *form, va_list *arguments) {
    if (form->longs >= 2) return va_arg(*arguments, uint64_t);
    if (form->longs == -1) return (unsigned short)va_arg(*arguments, unsigned);
    if (form->longs < -1) return (unsigned char)va_arg(*arguments, unsigned);
    return va_arg(*arguments, unsigned);
}

static void put_unsigned(struct sink *sink, const struct form *form, char kind, uint64_t value) {
    const char *before = "";
    if (form->alternate && value > 0) before = kind == 'x' ? "0x" : kind == 'X' ? "0X" : kind == 'o' ? "0" : "";
    put_number(sink, *form, before, value, kind == 'u' ? 10 : kind == 'o' ? 8 : 16, kind == 'X');
}

static void convert(struct sink *sink, const char **at, va_list *arguments) {
    struct form form = form_in(at, arguments);
    char kind = **at, one;
    if (kind == 0) return;
    ++*at;
    switch (kind) {
    case 'd':
    case 'i':
        put_signed(sink, &form, signed_of(&form, arguments));
        return;
    case 'u':
    case 'x':
    case 'X':
    case 'o':
        put_unsigned(sink, &form, kind, unsigned_of(&form, arguments));
        return;
    case 'p':
        put_number(sink, form, "0x", (uintptr_t)va_arg(*arguments, void *), 16, false);
        return;
    case 'c':
        one = (char)va_arg(*arguments, int);
        put_field(sink, &form, "", &one, 1);
        return;
    case 's':
        put_text(sink, form, va_arg(*arguments, const char *));
        return;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        put_float(sink, &form, va_arg(*arguments, double));
        return;
    default:
        put(sink, kind);
        return;
    }
}

static int format(struct sink *sink, const char *text, va_list arguments) {
    va_list rest;
    va_copy(rest, arguments);
    while (*text != 0) {
        if (*text != '%') put(sink, *text++);
        else {
            text++;
            convert(sink, &text, &rest);
        }
    }
    va_end(rest);
    if (sink->buffer != NULL && sink->size > 0)
        sink->buffer[sink->written < sink->size ? sink->written : sink->size - 1] = 0;
    return (int)sink->written;
}

WEAK int vsnprintf(char *buffer, size_t size, const char *text, va_list arguments) {
    char none;
    struct sink sink = {size == 0 ? &none : buffer, size, 0};
    return format(&sink, text, arguments);
}

WEAK int vsprintf(char *buffer, const char *text, va_list arguments) {
    return vsnprintf(buffer, SIZE_MAX / 2, text, arguments);
}

WEAK int vprintf(const char *text, va_list arguments) {
    struct sink sink = {NULL, 0, 0};
    return format(&sink, text, arguments);
}

WEAK int vfprintf(void *stream, const char *text, va_list arguments) {
    (void)stream;
    return vprintf(text, arguments);
}

WEAK int snprintf(char *buffer, size_t size, const char *text, ...) {
    va_list arguments;
    int written;
    va_start(arguments, text);
    written = vsnprintf(buffer, size, text, arguments);
    va_end(arguments);
    return written;
}

WEAK int sprintf(char *buffer, const char *text, ...) {
    va_list arguments;
    int written;
    va_start(arguments, text);
    written = vsprintf(buffer, text, arguments);
    va_end(arguments);
    return written;
}

WEAK int printf(const char *text, ...) {
    va_list arguments;
    int written;
    va_start(arguments, text);
    written = vprintf(text, arguments);
    va_end(arguments);
    return written;
}

WEAK int fprintf(void *stream, const char *text, ...) {
    va_list arguments;
    int written;
    va_start(arguments, text);
    written = vfprintf(stream, text, arguments);
    va_end(arguments);
    return written;
}

WEAK int putchar(int c) {
    put_line((char)c);
    return c;
}

WEAK int puts(const char *text) {
    while (*text != 0) put_line(*text++);
    put_line('\n');
    return 0;
}

WEAK int fputs(const char *text, void *stream) {
    (void)stream;
    while (*text != 0) put_line(*text++);
    return 0;
}

WEAK int fflush(void *stream) {
    (void)stream;
    flush();
    return 0;
}
