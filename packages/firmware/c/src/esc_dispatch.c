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
#if ESC_BUG == ESC_BUG_PICO_POSITIVE_DELAY
    slot->anchor = scheduled;
    slot->deadline = now + slot->period;
    return scheduled;
#elif ESC_BUG == ESC_BUG_TOCK_536EFFF
    slot->reference = scheduled;
    if (!esc_is_due(scheduled, now)) {
        late = 0;
    }
#endif
    if (late >= slot->period && (slot->flags & ESC_BURST) == 0) {
#if ESC_BUG == ESC_BUG_FREEBSD_D29093
        uint32_t missed = 0;
        for (uint32_t rest = late; rest >= slot->period; rest -= slot->period) {
            missed++;
        }
#else
        uint32_t missed = late / slot->period;
#endif
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
#if ESC_BUG == ESC_BUG_TOCK_ONE_SHOT_COUNT
    /* Nobody counts a one-shot out that ran. */
    if (esc_hal.uncounted < INT8_MAX) {
        esc_hal.uncounted++;
    }
#endif
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
#if ESC_BUG == ESC_BUG_ZEPHYR_18728
    esc_give_back(index);
#endif
    return state;
}

/** Runs the handler of the slot in the lane of the timer interrupt. */
static void enter_hard(uint8_t index, esc_port_state state)
{
#if ESC_BUG == ESC_BUG_MICROPYTHON_SOFT_TIMER
    /* The pass works on a copy of its own, and stores it back over what the handler did. */
    uint8_t head = esc_hal.head;
    (void)esc_enter(&esc_hal.hard, index, state);
    esc_hal.head = head;
#else
    (void)esc_enter(&esc_hal.hard, index, state);
#endif
}

/** Whether a pending timer is to be run. */
static bool is_expired(const struct esc_slot *slot, uint32_t now)
{
#if ESC_BUG == ESC_BUG_TOCK_536EFFF
    /* Outside the range from its reference to its deadline: so is a `now` before the reference. */
    return now - slot->reference >= slot->deadline - slot->reference;
#else
    return esc_is_due(slot->due, now);
#endif
}

#if ESC_BUG == ESC_BUG_PICO_1555
ESC_INTERNAL void esc_run_now(uint8_t index, uint32_t now)
{
    esc_unlink(index);
    if (esc_take(&esc_hal.hard, index, now)) {
        esc_insert(index, now);
    }
    enter_hard(index, esc_port_save_and_mask());
}
#endif

#if ESC_BUG == ESC_BUG_MICROPYTHON_MPIRQ
/** Whether as many soft callbacks wait as the schedule takes. */
static bool is_schedule_full(void)
{
    uint8_t room = 4;
    for (uint8_t index = esc_hal.waiting; index != ESC_NONE && room != 0;
         index = esc_hal.slots[index].next) {
        room--;
    }
    return room == 0;
}
#endif

/** Leaves a soft timer that is due to esc_service(). A periodic one is armed anew only when that
 * takes it. */
static void queue_soft(uint8_t index)
{
#if ESC_BUG == ESC_BUG_MICROPYTHON_MPIRQ
    /* Dropped, and nothing tells. */
    if (is_schedule_full()) {
        return;
    }
#endif
    esc_append_soft(&esc_hal.waiting, index);
}

/** Serves the pending timer that comes next in the pass. */
static void serve_due(uint8_t index, uint32_t now, esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
    esc_unlink(index);
#else
    /* It is the head: no search for it. */
    esc_hal.head = slot->next;
    slot->state &= (uint8_t)~ESC_SLOT_PENDING;
#endif
    if (slot->flags & ESC_SOFT) {
        queue_soft(index);
        return;
    }
    if (esc_take(&esc_hal.hard, index, now)) {
        esc_insert(index, now);
    }
    enter_hard(index, state);
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
#if ESC_BUG == ESC_BUG_TOCK_536EFFF
    /* Read once for the whole pass, which goes over every timer. */
    uint32_t now = esc_time_masked();
    for (uint8_t budget = ESC_TIMERS; budget != 0 && esc_hal.head != ESC_NONE; budget--) {
        uint8_t index = esc_hal.head;
        if (!is_expired(&esc_hal.slots[index], now)) {
            break;
        }
#else
#if ESC_BUG == ESC_BUG_RIOT_18976
    /* The first is believed to be due where the compare can have been set for it. */
    uint32_t reach = ESC_COUNTER_MASK / 2;
#elif ESC_BUG == ESC_BUG_NUTTX_50F801D
    uint8_t following = esc_hal.head;
#endif
    for (;;) {
        uint8_t index = esc_hal.head;
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
        index = following;
#endif
        if (index == ESC_NONE) {
            break;
        }
        const struct esc_slot *slot = &esc_hal.slots[index];
#if ESC_BUG == ESC_BUG_NUTTX_50F801D
        /* The one after it is noted before its handler runs. */
        following = slot->next;
#endif
        /* Read anew for each: the handler before it took its time. */
        uint32_t now = esc_time_masked();
#if ESC_BUG == ESC_BUG_RIOT_18976
        now += reach;
        reach = 0;
#endif
        if (!is_expired(slot, now) || slot->pass == esc_hal.pass) {
            break;
        }
#endif
        serve_due(index, now, state);
    }
    esc_hal.dispatching = false;
    esc_aim();
#if ESC_BUG == ESC_BUG_EMBASSY_3758
    /* Too late: a match since the entry goes with it. */
    esc_port_acknowledge_compare();
#endif
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
