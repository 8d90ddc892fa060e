/*
 * Two threads and an interrupt, each on a core of its own: they make, start, stop and release timers
 * at once. What each call returns has to fit what the handlers did.
 *
 *   threads --iterations N --seed S
 *
 * Prints the line that runs it again in this package, and "N iterations, V violations"; ends with 1 where there are
 * violations, 3 where it does not come to its end. It runs on after N where too few handlers ran. The seed gives each thread its steps; how the
 * threads interleave is the machine's.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "esc_hal.h"
#include "esc_port.h"
#include "steps.h"

/** Nothing here takes this long. */
#define DEADLINE_SECONDS 540
/** A run with fewer handlers for its iterations shows too little. */
#define ITERATIONS_A_HANDLER 100

static unsigned long iterations = 100000;
static unsigned long done;
static unsigned long seed = 1;
static bool ended;

/** A busy machine may give the interrupt thread little time: then the others go on until handlers
 * ran and stops met them, so that what a run shows does not depend on the machine's load. */
static bool shows_enough(void)
{
    return __atomic_load_n(&handlers, __ATOMIC_SEQ_CST) >= iterations / ITERATIONS_A_HANDLER &&
           __atomic_load_n(&met_in_flight, __ATOMIC_SEQ_CST) > 0;
}

static void *run_thread(void *number)
{
    esc_pthread_self = (esc_port_thread)(uintptr_t)number;
    uint32_t state = (uint32_t)seed * 2654435761u + esc_pthread_self;
    unsigned long index = 0;
    while (index < iterations / THREADS || !shows_enough()) {
        step(&state);
        index++;
    }
    (void)__atomic_add_fetch(&done, index, __ATOMIC_SEQ_CST);
    return NULL;
}

/** The core that takes the timer's interrupts. Time passes quicker where it has nothing to do. */
static void *run_interrupts(void *number)
{
    esc_pthread_self = (esc_port_thread)(uintptr_t)number;
    uint32_t state = (uint32_t)seed;
    while (!__atomic_load_n(&ended, __ATOMIC_SEQ_CST)) {
        esc_port_state was = esc_port_save_and_mask();
        esc_pthread_pass(draw(&state, 60));
        bool overflow = esc_port_overflow_pending();
        bool compare = esc_pthread_chip.compare_enabled && esc_port_compare_pending();
        esc_port_restore(was);
        esc_pthread_in_interrupt = true;
        if (overflow) {
            esc_on_overflow();
        }
        if (compare) {
            esc_on_compare();
        }
        esc_pthread_in_interrupt = false;
        if (!overflow && !compare) {
            esc_port_relax();
        }
    }
    return NULL;
}

static void too_long(int signal)
{
    static const char text[] = "error: no end within the deadline\n";
    (void)signal;
    (void)!write(STDOUT_FILENO, text, sizeof text - 1);
    _exit(3);
}

static void check_the_end(void)
{
    struct esc_stats stats;
    check(esc_deinit_all() == ESC_OK, "REG-10: deinit_all", 0);
    (void)esc_collect();
    esc_stats(&stats);
    check(stats.allocated == 0, "REG-10: allocated at the end", stats.allocated);
    check(stats.pending == 0, "REG-10: pending at the end", stats.pending);
    check(stats.queued == 0, "REG-10: queued at the end", stats.queued);
}

static bool read_arguments(int count, char **arguments)
{
    for (int index = 1; index + 1 < count; index += 2) {
        char *end = NULL;
        unsigned long value = strtoul(arguments[index + 1], &end, 10);
        if (end == arguments[index + 1] || *end != '\0') {
            return false;
        }
        if (strcmp(arguments[index], "--iterations") == 0) {
            iterations = value;
        } else if (strcmp(arguments[index], "--seed") == 0) {
            seed = value;
        } else {
            return false;
        }
    }
    return count % 2 == 1;
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS + 1];
    if (!read_arguments(count, arguments)) {
        (void)fprintf(stderr, "usage: threads [--iterations N] [--seed S]\n");
        return 2;
    }
    (void)printf("again: node scripts/native.mjs threads %lu %lu\n", iterations, seed);
    (void)fflush(stdout);
    (void)signal(SIGALRM, too_long);
    (void)alarm(DEADLINE_SECONDS);
    esc_init();
    make_common();
    for (uintptr_t index = 0; index <= THREADS; index++) {
        if (pthread_create(&threads[index], NULL, index < THREADS ? run_thread : run_interrupts,
                           (void *)(index < THREADS ? index + 1 : THREADS + 1)) != 0) {
            (void)printf("error: no thread\n");
            return 3;
        }
    }
    for (unsigned index = 0; index < THREADS; index++) {
        (void)pthread_join(threads[index], NULL);
    }
    __atomic_store_n(&ended, true, __ATOMIC_SEQ_CST);
    (void)pthread_join(threads[THREADS], NULL);
    check_the_end();
    (void)printf("%u handlers, %u stops in flight\n", handlers, met_in_flight);
    (void)printf("%lu iterations, %u violations\n", done, violations);
    return violations == 0 ? 0 : 1;
}
