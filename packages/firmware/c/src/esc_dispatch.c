/* The interrupts, and how a handler is taken and run. */
#include "esc_slots.h"

/**
 * Moves a periodic timer that is due to its next deadline and answers when the expiry to deliver
 * was scheduled. By division: the cost of a long block does not grow with the periods missed
 * (PER-10). Out of line, so that a one-shot does not pay for its registers.
 */
ESC_NOINLINE static uint32_t advance(struct esc_slot *slot, uint32_t now)
{
    uint32_t scheduled = slot->deadline;
    uint32_t passed = scheduled;
    uint32_t late = now - scheduled;
    if (late >= slot->period && (slot->flags & ESC_BURST) == 0) {
        uint32_t missed = late / slot->period;
        passed += missed * slot->period;
        if (slot->flags & ESC_SKIP) {
            scheduled = passed;
        } else {
            slot->overruns = esc_add_saturating(slot->overruns, missed);
        }
    }
    slot->anchor = passed;
    slot->deadline = passed + slot->period;
    return scheduled;
}

ESC_INTERNAL bool esc_take(struct esc_lane *lane, uint8_t index, uint32_t now)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    lane->slot = index;
    lane->stopped = false;
#if ESC_PORT_THREADS
    lane->thread = esc_port_thread_id();
#endif
    if (slot->flags & ESC_PERIODIC) {
        lane->scheduled = advance(slot, now);
        return true;
    }
    lane->scheduled = slot->deadline;
    slot->anchor = slot->deadline;
    slot->state |= ESC_SLOT_FIRED;
    return false;
}

ESC_INTERNAL esc_port_state esc_enter(struct esc_lane *lane, uint8_t index, esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    esc_handler handler = slot->handler;
    void *user = slot->user;
    esc_handle handle = slot->handle;
    esc_port_restore(state);
    handler(handle, user);
    state = esc_port_save_and_mask();
    lane->slot = ESC_NONE;
    if (slot->flags & ESC_AUTO_RELEASE) {
        esc_let_go(index);
    }
    return state;
}

/** Serves the pending timer that comes next in the pass. */
static void serve_due(uint8_t index, uint32_t now, esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    /* It is the head: no search for it. */
    esc_hal.head = slot->next;
    slot->state &= (uint8_t)~ESC_SLOT_PENDING;
    if (slot->flags & ESC_SOFT) {
        /* A periodic one is armed again only when esc_service() takes it. */
        esc_append_soft(&esc_hal.waiting, index);
        return;
    }
    if (esc_take(&esc_hal.hard, index, now)) {
        esc_insert(index, now);
    }
    (void)esc_enter(&esc_hal.hard, index, state);
}

/** Begins a pass: what is armed from here on carries its number. */
static void begin_pass(void)
{
    esc_hal.dispatching = true;
    esc_hal.pass++;
    if (esc_hal.pass == 0) {
        /* Once in 255 passes: no number is left over from the last round. */
        for (uint8_t index = 0; index < ESC_TIMERS; index++) {
            esc_hal.slots[index].pass = 0;
        }
        esc_hal.pass = 1;
    }
}

/*
 * Each arming made before the pass is served at most once in it, and none made during it, so that
 * the thread gets a turn even where handlers start themselves again (CALL-12). An interrupt that
 * nests into a pass leaves everything to it.
 */
void esc_on_compare(void)
{
    esc_port_state state = esc_port_save_and_mask();
#if !ESC_PORT_AUTO_CLEAR
    /* Before the time is looked at: a match that comes after that is to be kept. */
    esc_port_acknowledge_compare();
#endif
    if (esc_hal.dispatching) {
        esc_port_restore(state);
        return;
    }
    begin_pass();
    for (;;) {
        uint8_t index = esc_hal.head;
        if (index == ESC_NONE) {
            break;
        }
        const struct esc_slot *slot = &esc_hal.slots[index];
        /* Read anew for each: the handler before it took its time. */
        uint32_t now = esc_time_masked();
        if (!esc_is_due(slot->due, now) || slot->pass == esc_hal.pass) {
            break;
        }
        serve_due(index, now, state);
    }
    esc_hal.dispatching = false;
    esc_aim();
    esc_port_restore(state);
}

/** Counts a pending lap, and says so to the chip. Interrupts are masked. */
static void count_pending(void)
{
    if (esc_port_overflow_pending()) {
        esc_port_acknowledge_overflow();
        esc_count_wrap();
    }
}

void esc_on_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
#if ESC_PORT_AUTO_CLEAR
    esc_count_wrap();
#else
    /* It may be counted by now, and the interrupt only latched. */
    count_pending();
#endif
    esc_port_restore(state);
}

void esc_serve_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
    count_pending();
    esc_port_restore(state);
}

void esc_on_interrupt(void)
{
    esc_port_state state = esc_port_save_and_mask();
    count_pending();
    bool matched = esc_port_compare_pending();
    if (matched) {
        esc_port_acknowledge_compare();
    }
    esc_port_restore(state);
    if (matched) {
        esc_on_compare();
    }
}
