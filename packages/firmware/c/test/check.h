/* A very small test harness: named tests, checks that print what they saw, a count at the end. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

/** Failed checks so far. */
extern unsigned check_failures;

/** Compares two integers; prints file, line, both values and what is running where they differ. */
#define CHECK_EQUAL(actual, expected) \
    check_equal((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)

/** Checks a condition. */
#define CHECK(condition) check_equal((condition) ? 1 : 0, 1, #condition, __FILE__, __LINE__)

void check_equal(long long actual, long long expected, const char *what, const char *file,
                 int line);

/** A line of context that failures print with themselves, such as a seed; NULL for none. */
void check_context(const char *format, ...);

/** Runs a test and prints its title. */
void check_run(const char *title, void (*test)(void));

/* The groups of tests, one a file. */
void test_time(void);
void test_arming(void);
void test_periods(void);
void test_own_handler(void);
void test_service(void);
void test_registry(void);
void test_overload(void);
void test_soft(void);
void test_results(void);
void test_races(void);
void test_vectors(void);
void test_frames(void);
void test_programs(void);
void test_agent(void);
void test_link(void);
void test_starving(void);

#endif
