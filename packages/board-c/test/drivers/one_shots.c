/*
 * One-shots on bare registers: TIM2 of an STM32, or timer 1 of an ATmega with -DAVR. Nothing but the table
 * and esc_expire_at() is from esc_driver.h.
 */
#include "esc_driver.h"

#ifdef AVR
#include <avr/interrupt.h>
#define BITS 16
#define COUNTER TCNT1
#define COMPARE OCR1A
#define FLAGS TIFR1
#define CLEAR(bits) (TIFR1 = (bits))
#define ENABLE TIMSK1
#define FORCE() esc_chip_pend_compare()
#define CLEARED_BY_ENTRY 1
#else
struct tim {
    volatile uint32_t cr1, cr2, smcr, dier, sr, egr, ccmr1, ccmr2, ccer, cnt, psc, arr, rcr, ccr1;
};
#define TIM2 ((struct tim *)0x40000000)
#define BITS 32
#define COUNTER TIM2->cnt
#define COMPARE TIM2->ccr1
#define FLAGS TIM2->sr
#define CLEAR(bits) (TIM2->sr = ~(uint32_t)(bits))
#define ENABLE TIM2->dier
#define FORCE() (TIM2->egr = 2)
#define CLEARED_BY_ENTRY 0
#endif

#define TIMERS 4

static struct {
    esc_ticks due;
    bool pending;
} timers[TIMERS];
static esc_timer running = TIMERS;
static uint32_t laps;

static esc_ticks now(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks low = COUNTER;
    if (FLAGS & 1) {
        CLEAR(1);
        laps++;
        low = COUNTER;
    }
    low |= (esc_ticks)laps << BITS;
    esc_chip_restore(state);
    return low;
}

static esc_timer first(void) {
    esc_timer found = TIMERS;
    for (esc_timer t = 0; t < TIMERS; t++)
        if (timers[t].pending && (found == TIMERS || timers[t].due < timers[found].due)) found = t;
    return found;
}

static void set_alarm(void) {
    esc_timer next = first();
    esc_ticks at = now(), ahead;
    if (next == TIMERS) return;
    ahead = timers[next].due > at ? timers[next].due - at : 1;
    if (ahead > (UINT64_C(1) << (BITS - 1))) ahead = UINT64_C(1) << (BITS - 1);
    COMPARE = (uint32_t)(at + ahead);
    ENABLE = 3;
    if (now() >= at + ahead) FORCE();
}

static esc_result start(esc_timer t, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    (void)period;
    timers[t].due = now() + 1 + delay;
    timers[t].pending = true;
    set_alarm();
    esc_chip_restore(state);
    return ESC_OK;
}

static esc_result stop(esc_timer t) {
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = timers[t].pending ? ESC_REMOVED : ESC_IDLE;
    if (running == t) result = ESC_IN_FLIGHT;
    timers[t].pending = false;
    esc_chip_restore(state);
    return result;
}

static void compare_matched(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks until = now();
    CLEAR(2);
    for (esc_timer t = first(); t < TIMERS && timers[t].due <= until; t = first()) {
        running = t;
        timers[t].pending = false;
        esc_chip_restore(state);
        esc_expire_at(t, timers[t].due);
        state = esc_chip_save_and_mask();
        running = TIMERS;
    }
    set_alarm();
    esc_chip_restore(state);
}

static void wrapped(void) {
    uint32_t state = esc_chip_save_and_mask();
    if (CLEARED_BY_ENTRY) laps++;
    else (void)now();
    esc_chip_restore(state);
}

static void both(void) {
    wrapped();
    if (FLAGS & 2) compare_matched();
}

static int8_t active(esc_timer t) { return timers[t].pending; }

static void boot(void) { ENABLE = 1; }

const struct esc_driver esc_driver = {
    .capacity = TIMERS, .max_delay_ticks = 0x7fffffff, .one_shot_only = true,
    .boot = boot, .now = now, .start = start, .stop = stop, .active = active,
    .on_interrupt = BITS == 32 ? both : NULL, .on_compare = compare_matched, .on_overflow = wrapped,
};
