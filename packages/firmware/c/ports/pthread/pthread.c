/* The lock, and the simulated chip, of the port for POSIX threads. */
#define _POSIX_C_SOURCE 200809L
#include <sched.h>

#include "esc_port.h"

#define COUNTER_MASK (UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS))

struct esc_pthread_chip esc_pthread_chip;
__thread esc_port_thread esc_pthread_self;
__thread bool esc_pthread_in_interrupt;

static __thread bool masked;
/** Sections of this thread so far; every few of them the others get a turn. */
static __thread uint32_t sections;
#if !ESC_PTHREAD_NAIVE
static bool locked;
#endif

bool esc_pthread_mask(void)
{
    bool was = masked;
    masked = true;
    return !was;
}

void esc_pthread_unmask(void)
{
    masked = false;
    sections = sections * 1664525u + esc_pthread_self;
    if (sections >> 30 == 0) {
        esc_port_relax();
    }
}

void esc_port_relax(void)
{
    (void)sched_yield();
}

void esc_pthread_lock(void)
{
#if !ESC_PTHREAD_NAIVE
    while (__atomic_test_and_set(&locked, __ATOMIC_ACQUIRE)) {
        esc_port_relax();
    }
#endif
}

void esc_pthread_unlock(void)
{
#if !ESC_PTHREAD_NAIVE
    __atomic_clear(&locked, __ATOMIC_RELEASE);
#endif
}

void esc_pthread_pass(uint32_t ticks)
{
    uint32_t from = esc_pthread_chip.time;
    uint32_t to = from + ticks;
    uint32_t ahead = (esc_pthread_chip.compare - from) & COUNTER_MASK;
    if (ahead != 0 && ahead <= ticks) {
        esc_pthread_chip.compare_flag = true;
    }
    if (((from ^ to) & ~COUNTER_MASK) != 0) {
        esc_pthread_chip.overflow_flag = true;
    }
    esc_pthread_chip.time = to;
}
