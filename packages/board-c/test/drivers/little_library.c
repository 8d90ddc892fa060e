/* Asks the little C library, and ends where a result is wrong: with the line, and what it was. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esc_driver.h"

static int by_value(const void *one, const void *other) {
    return *(const int *)one - *(const int *)other;
}

static void must_be(const char *got, const char *wanted) {
    if (strcmp(got, wanted) == 0) return;
    printf("%s instead of %s\n", got, wanted);
    abort();
}

#define PRINTS(wanted, ...) (snprintf(text, sizeof text, __VA_ARGS__), must_be(text, wanted))

static void prints(void) {
    char text[80];
    PRINTS("-7|  42|0042|42  |ff|0XFF|077|+3", "%d|%4d|%04d|%-4u|%x|%#X|%#o|%+d", -7, 42, 42, 42u,
           255, 255, 63, 3);
    PRINTS("18446744073709551615 -9223372036854775808", "%llu %lld", ~0ull, -9223372036854775807ll - 1);
    PRINTS("ab|  ab|abc|x|%", "%.2s|%*.2s|%s|%c|%%", "abc", 4, "abc", "abc", 'x');
    PRINTS("255 -1 007 9", "%hhu %hd %.3d %zu", 511, 65535, 7, sizeof(char[9]));
    PRINTS("3.142 -0.500000 7", "%.3f %f %.0f", 3.14159, -0.5, 7.0);
    esc_assert(snprintf(text, 4, "%s", "abcdef") == 6);
    must_be(text, "abc");
}

static void computes(void) {
    int numbers[] = {5, 1, 4}, key = 4;
    qsort(numbers, 3, sizeof *numbers, by_value);
    esc_assert(numbers[0] == 1 && numbers[1] == 4 && numbers[2] == 5);
    esc_assert(bsearch(&key, numbers, 3, sizeof *numbers, by_value) == &numbers[1]);
    esc_assert(strtol("-0x1f", NULL, 0) == -31 && atoi(" 12x") == 12);
    esc_assert(strtoul("777", NULL, 8) == 511 && strtol("99999999999", NULL, 10) == 0x7fffffff);
    must_be(strstr("hello", "ll"), "llo");
    must_be(strrchr("a/b/c", '/'), "/c");
    esc_assert(strncmp("abcd", "abxx", 2) == 0 && isalpha('q') && !isdigit('q'));
}

/* Blocks of many sizes, some of which stay for a while: what is freed is given out again. */
static void allocates(void) {
    char *kept[4] = {0};
    for (int round = 0; round < 20000; round++) {
        size_t size = (size_t)(1 + round * 37 % 3000);
        free(kept[round % 4]);
        kept[round % 4] = malloc(size);
        esc_assert(kept[round % 4] != NULL);
        kept[round % 4][size - 1] = 1;
    }
    esc_assert(malloc(100000) == NULL);
}

static void boot(void) {
    prints();
    computes();
    allocates();
    printf("all is %s", "well");
    fprintf(stderr, "\n");
    exit(0);
}

static esc_ticks now(void) { return 0; }
static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) { return ESC_OK; }
static esc_result stop(esc_timer timer) { return ESC_IDLE; }
static void interrupt(void) {}

const struct esc_driver esc_driver = {
    .capacity = 1, .max_delay_ticks = 1000, .boot = boot, .now = now, .start = start, .stop = stop,
    .on_interrupt = interrupt,
};
