/* Runs every test; exit 1 where one failed. */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>

#include "esc_port.h"

unsigned check_failures;

static char context[160];
static unsigned tests;

void check_context(const char *format, ...)
{
    va_list arguments;
    context[0] = '\0';
    if (format != NULL) {
        va_start(arguments, format);
        (void)vsnprintf(context, sizeof context, format, arguments);
        va_end(arguments);
    }
}

void check_equal(long long actual, long long expected, const char *what, const char *file,
                 int line)
{
    if (actual != expected) {
        check_failures++;
        if (check_failures <= 20) {
            printf("  %s:%d: %s is %lld, expected %lld %s\n", file, line, what, actual, expected,
                   context);
        }
    }
}

void check_run(const char *title, void (*test)(void))
{
    unsigned before = check_failures;
    check_context(NULL);
    test();
    tests++;
    (void)printf("%s %s\n", check_failures == before ? "ok  " : "FAIL", title);
}

int main(void)
{
    /* Each line at once, so that the last one shows where a test hangs. */
    (void)setvbuf(stdout, NULL, _IONBF, 0);
    test_time();
    test_arming();
    test_periods();
    test_own_handler();
    test_service();
    test_registry();
    test_overload();
    test_soft();
    test_results();
    test_races();
    test_vectors();
    test_frames();
    test_programs();
    test_agent();
    test_link();
    test_starving();
    (void)printf("%u tests at %d bits, %u failed checks\n", tests, ESC_PORT_COUNTER_BITS,
                 check_failures);
    return check_failures == 0 ? 0 : 1;
}
