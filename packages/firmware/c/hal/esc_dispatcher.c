/* The two passes that serve timers: that of the timer interrupt, and esc_service(). */
#include "esc_engine.h"

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

/** Serves the head of the deadline queue: runs its handler, or leaves it to esc_service(). */
static void serve_due(uint8_t index, uint32_t now, esc_port_state state)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    /* It is the head: no search for it. */
    esc_hal.head = slot->next;
    slot->state &= (uint8_t)~ESC_SLOT_PENDING;
    if (slot->flags & ESC_SOFT) {
        /* A periodic one is armed again only when esc_service() takes it. */
        esc_queue_soft(&esc_hal.waiting, index);
        return;
    }
    if (esc_take(&esc_hal.hard, index, now)) {
        esc_enqueue(index, now);
    }
    (void)esc_run_handler(&esc_hal.hard, index, state);
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
    for (uint8_t index = esc_hal.head; index != ESC_NONE; index = esc_hal.head) {
        const struct esc_slot *slot = &esc_hal.slots[index];
        /* Read again for each: the handler before it took its time. */
        uint32_t now = esc_clock_update();
        if (!esc_is_due(slot->due, now) || slot->pass == esc_hal.pass) {
            break;
        }
        serve_due(index, now, state);
    }
    esc_hal.dispatching = false;
    esc_program_compare();
    esc_port_restore(state);
}

void esc_on_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
#if ESC_PORT_AUTO_CLEAR
    esc_clock_count_wrap();
#else
    /* It may be counted by now, and the interrupt only latched. */
    esc_clock_count_pending();
#endif
    esc_port_restore(state);
}

void esc_serve_overflow(void)
{
    esc_port_state state = esc_port_save_and_mask();
    esc_clock_count_pending();
    esc_port_restore(state);
}

void esc_on_interrupt(void)
{
    esc_port_state state = esc_port_save_and_mask();
    esc_clock_count_pending();
    bool matched = esc_port_compare_pending();
    if (matched) {
        esc_port_acknowledge_compare();
    }
    esc_port_restore(state);
    if (matched) {
        esc_on_compare();
    }
}

/** What a call inside a pass returns. Interrupts are masked. */
static int16_t refuse_service(void)
{
#if ESC_PORT_THREADS
    /* What waits is served by the pass of the other thread, or by the next. */
    if (esc_hal.servant != esc_port_thread_id()) {
        return 0;
    }
#endif
    return ESC_REENTRANT_SERVICE;
}

/** Takes the next soft callback of the pass into the lane. A periodic one waits next in this pass
 * where its next expiry was due when that began, else in the deadline queue. */
static void take_soft(uint8_t index, uint32_t begin)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint32_t now = esc_clock_update();
    (void)esc_withdraw(index);
    if (!esc_take(&esc_hal.soft, index, now)) {
        return;
    }
    /* The other policies have no period left that passed. */
    if ((slot->flags & ESC_BURST) && begin - slot->anchor >= slot->period) {
        esc_queue_soft(&esc_hal.served, index);
        return;
    }
    esc_enqueue(index, now);
    esc_rearm(esc_hal.head == index);
}

int16_t esc_service(void)
{
    int16_t ran = esc_refuse_thread_call();
    if (ran != ESC_OK) {
        return ran;
    }
    (void)esc_collect_slots();
    esc_port_state state = esc_port_save_and_mask();
    if (esc_hal.servicing) {
        ran = refuse_service();
        esc_port_restore(state);
        return ran;
    }
    esc_begin_soft_pass();
    esc_hal.servicing = true;
#if ESC_PORT_THREADS
    esc_hal.servant = esc_port_thread_id();
#endif
    uint32_t begin = esc_clock_update();
    while (esc_hal.served != ESC_NONE && ran < INT16_MAX) {
        uint8_t index = esc_hal.served;
        take_soft(index, begin);
        state = esc_run_handler(&esc_hal.soft, index, state);
        ran++;
    }
    esc_hal.servicing = false;
    esc_port_restore(state);
    (void)esc_collect_slots();
    return ran;
}
