/*
 * Which mutant is active, and the limit of what runs.
 *
 * A mutant may never come back, and no clock is to decide whether it did: the basic blocks are counted that run since
 * the last byte came in, and the process ends where there were too many. The compiler puts a call into each block
 * (-fsanitize-coverage=trace-pc).
 */
#include "guard.h"

#include <stdlib.h>
#include <unistd.h>

int esc_active_mutant;

static unsigned long long left = GUARD_BLOCKS;

void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
    if (left-- == 0) {
        _exit(GUARD_EXIT);
    }
}

void guard_rewind(void)
{
    left = GUARD_BLOCKS;
}

__attribute__((constructor)) static void choose(void)
{
    const char *number = getenv("ESC_MUTANT");
    esc_active_mutant = number == NULL ? 0 : atoi(number);
}
