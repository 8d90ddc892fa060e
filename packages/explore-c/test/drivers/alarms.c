/* One-shot timers in an array, for a chip whose interrupts do not nest. With RACY, stop looks and clears with interrupts open. */
#define ESC_DRIVER_CLOCK
#include "esc_driver.h"

#define COUNT 4

static struct slot {
    esc_ticks due;
    volatile uint8_t pending;
} alarms[COUNT];

static void arm(void) {
    esc_ticks now = esc_clock_now();
    esc_ticks next = now + 0x7fff;
    for (int i = 0; i < COUNT; i++)
        if (alarms[i].pending && alarms[i].due < next) next = alarms[i].due;
    if (next < now + esc_chip_min_delta_ticks()) next = now + esc_chip_min_delta_ticks();
    esc_chip_acknowledge_compare();
    esc_chip_set_compare((uint32_t)next);
    if (esc_clock_now() >= next) esc_chip_pend_compare();
}

static void on_compare(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks now = esc_clock_now();
    for (int i = 0; i < COUNT; i++) {
        if (!alarms[i].pending || alarms[i].due > now) continue;
        alarms[i].pending = 0;
        esc_chip_restore(state);
        esc_expire_at((esc_timer)i, alarms[i].due);
        state = esc_chip_save_and_mask();
    }
    arm();
    esc_chip_restore(state);
}

static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
    uint32_t state = esc_chip_save_and_mask();
    (void)period;
    /* The running tick does not count. */
    alarms[timer].due = esc_clock_now() + delay + 1;
    alarms[timer].pending = 1;
    arm();
    esc_chip_restore(state);
    return ESC_ARMED;
}

static esc_result stop(esc_timer timer) {
#ifdef RACY
    if (!alarms[timer].pending) return ESC_IDLE;
    alarms[timer].pending = 0;
    return ESC_REMOVED;
#else
    uint32_t state = esc_chip_save_and_mask();
    esc_result result = alarms[timer].pending ? ESC_REMOVED : ESC_IDLE;
    alarms[timer].pending = 0;
    esc_chip_restore(state);
    return result;
#endif
}

static void boot(void) {
    esc_chip_enable_overflow(true);
    esc_chip_enable_compare(true);
}

const struct esc_driver esc_driver = {
    .capacity = COUNT,
    .max_delay_ticks = 0x7fffffff,
    .one_shot_only = true,
    .boot = boot,
    .now = esc_clock_now,
    .start = start,
    .stop = stop,
    .on_compare = on_compare,
    .on_overflow = esc_clock_on_overflow,
};
