/* What small programs use of string.h, stdlib.h and ctype.h. */
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEAK __attribute__((weak))

WEAK int isdigit(int c) { return c >= '0' && c <= '9'; }
WEAK int isupper(int c) { return c >= 'A' && c <= 'Z'; }
WEAK int islower(int c) { return c >= 'a' && c <= 'z'; }
WEAK int isalpha(int c) { return isupper(c) || islower(c); }
WEAK int isalnum(int c) { return isalpha(c) || isdigit(c); }
WEAK int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
WEAK int isprint(int c) { return c >= ' ' && c <= '~'; }
WEAK int isxdigit(int c) { return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
WEAK int toupper(int c) { return islower(c) ? c - 'a' + 'A' : c; }
WEAK int tolower(int c) { return isupper(c) ? c - 'A' + 'a' : c; }

WEAK void *memchr(const void *bytes, int c, size_t count) {
    const unsigned char *at = bytes;
    for (; count > 0; count--, at++)
        if (*at == (unsigned char)c) return (void *)(uintptr_t)at;
    return NULL;
}

WEAK size_t strnlen(const char *text, size_t most) {
    size_t length = 0;
    while (length < most && text[length] != 0) length++;
    return length;
}

WEAK char *strncpy(char *to, const char *from, size_t count) {
    size_t at = 0;
    for (; at < count && from[at] != 0; at++) to[at] = from[at];
    for (; at < count; at++) to[at] = 0;
    return to;
}

WEAK char *strncat(char *to, const char *from, size_t most) {
    char *end = to;
    while (*end != 0) end++;
    while (most-- > 0 && *from != 0) *end++ = *from++;
    *end = 0;
    return to;
}

WEAK char *strcat(char *to, const char *from) { return strncat(to, from, SIZE_MAX); }

WEAK int strncmp(const char *one, const char *other, size_t most) {
    for (; most > 0; most--, one++, other++) {
        if (*one != *other) return (unsigned char)*one - (unsigned char)*other;
        if (*one == 0) return 0;
    }
    return 0;
}

WEAK char *strchr(const char *text, int c) {
    for (;; text++) {
        if (*text == (char)c) return (char *)(uintptr_t)text;
        if (*text == 0) return NULL;
    }
}

WEAK char *strrchr(const char *text, int c) {
    const char *found = NULL;
    for (;; text++) {
        if (*text == (char)c) found = text;
        if (*text == 0) return (char *)(uintptr_t)found;
    }
}

WEAK char *strstr(const char *text, const char *wanted) {
    size_t length = strnlen(wanted, SIZE_MAX);
    for (; strncmp(text, wanted, length) != 0; text++)
        if (*text == 0) return NULL;
    return (char *)(uintptr_t)text;
}

static int digit_of(char c) {
    if (isdigit(c)) return c - '0';
    return isalpha(c) ? tolower(c) - 'a' + 10 : 99;
}

/* The size of a number as text has it, its sign, and where it ends. */
static uint64_t magnitude(const char *text, char **end, int base, bool *is_negative) {
    const char *at = text;
    uint64_t value = 0;
    bool any = false;
    while (isspace(*at)) at++;
    *is_negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if ((base == 0 || base == 16) && at[0] == '0' && (at[1] == 'x' || at[1] == 'X') &&
        digit_of(at[2]) < 16) {
        base = 16;
        at += 2;
    }
    if (base == 0) base = *at == '0' ? 8 : 10;
    for (; digit_of(*at) < base; at++, any = true) {
        uint64_t next = value * (uint64_t)base + (uint64_t)digit_of(*at);
        value = value > (UINT64_MAX - 36) / (uint64_t)base ? UINT64_MAX : next;
    }
    if (end != NULL) *end = (char *)(uintptr_t)(any ? at : text);
    return value;
}

WEAK unsigned long long strtoull(const char *text, char **end, int base) {
    bool is_negative;
    uint64_t value = magnitude(text, end, base, &is_negative);
    return is_negative ? 0 - value : value;
}

WEAK long long strtoll(const char *text, char **end, int base) {
    bool is_negative;
    uint64_t value = magnitude(text, end, base, &is_negative);
    if (value > (uint64_t)LLONG_MAX) return is_negative ? LLONG_MIN : LLONG_MAX;
    return is_negative ? -(long long)value : (long long)value;
}

WEAK unsigned long strtoul(const char *text, char **end, int base) {
    bool is_negative;
    uint64_t value = magnitude(text, end, base, &is_negative);
    if (value > ULONG_MAX) return ULONG_MAX;
    return is_negative ? 0 - (unsigned long)value : (unsigned long)value;
}

WEAK long strtol(const char *text, char **end, int base) {
    long long value = strtoll(text, end, base);
    return value > LONG_MAX ? LONG_MAX : value < LONG_MIN ? LONG_MIN : (long)value;
}

WEAK int atoi(const char *text) { return (int)strtol(text, NULL, 10); }
WEAK long atol(const char *text) { return strtol(text, NULL, 10); }
WEAK long labs(long n) { return n < 0 ? -n : n; }
WEAK long long llabs(long long n) { return n < 0 ? -n : n; }

typedef int (*comparison)(const void *one, const void *other);

static void exchange(char *one, char *other, size_t size) {
    for (; size > 0; size--, one++, other++) {
        char kept = *one;
        *one = *other;
        *other = kept;
    }
}

/* By insertion: lists of a driver are short. */
WEAK void qsort(void *items, size_t count, size_t size, comparison compare) {
    char *first = items;
    for (size_t sorted = 1; sorted < count; sorted++) {
        char *at = first + sorted * size;
        for (; at > first && compare(at - size, at) > 0; at -= size) exchange(at - size, at, size);
    }
}

WEAK void *bsearch(const void *key, const void *items, size_t count, size_t size,
                   comparison compare) {
    const char *first = items;
    while (count > 0) {
        const char *middle = first + count / 2 * size;
        int order = compare(key, middle);
        if (order == 0) return (void *)(uintptr_t)middle;
        if (order > 0) {
            first = middle + size;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}

static uint32_t random_state = 1;

WEAK void srand(unsigned seed) { random_state = seed; }

WEAK int rand(void) {
    random_state = random_state * 1103515245u + 12345u;
    return (int)(random_state >> 1);
}
