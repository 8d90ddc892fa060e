/* esc_service(): the thread's pass over the soft callbacks that wait. */
#include "esc_slots.h"

/** Hands what waits over to the pass that begins. Interrupts are masked. */
static void begin_service(void)
{
    /* Behind what the last one left, where that was more than it could count. */
    uint8_t *list = &esc_hal.served;
    while (*list != ESC_NONE) {
        list = &esc_hal.slots[*list].next;
    }
    *list = esc_hal.waiting;
    esc_hal.waiting = ESC_NONE;
    esc_hal.servicing = true;
#if ESC_PORT_THREADS
    esc_hal.servant = esc_port_thread_id();
#endif
}

/** What a call inside a pass is answered. Interrupts are masked. */
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
 * where it was owed when that began, else in the deadline queue. */
static void take_soft(uint8_t index, uint32_t begin)
{
    struct esc_slot *slot = &esc_hal.slots[index];
    uint32_t now = esc_time_masked();
    (void)esc_withdraw(index);
    if (!esc_take(&esc_hal.soft, index, now)) {
        return;
    }
    /* The other policies have no period left that passed. */
    if ((slot->flags & ESC_BURST) && begin - slot->anchor >= slot->period) {
        esc_append_soft(&esc_hal.served, index);
        return;
    }
    esc_insert(index, now);
    if (esc_hal.head == index) {
        esc_head_changed();
    }
}

int16_t esc_service(void)
{
    int16_t ran = esc_refuse_thread_call();
    if (ran != ESC_OK) {
        return ran;
    }
    (void)esc_drain();
    esc_port_state state = esc_port_save_and_mask();
    if (esc_hal.servicing) {
        ran = refuse_service();
        esc_port_restore(state);
        return ran;
    }
    begin_service();
    uint32_t begin = esc_time_masked();
    while (esc_hal.served != ESC_NONE && ran < INT16_MAX) {
        uint8_t index = esc_hal.served;
        take_soft(index, begin);
        state = esc_enter(&esc_hal.soft, index, state);
        ran++;
    }
    esc_hal.servicing = false;
    esc_port_restore(state);
    (void)esc_drain();
    return ran;
}
