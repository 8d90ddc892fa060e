/* The operations of a program, one by one. */
#include <stddef.h>

#include "esc_board.h"
#include "esc_run.h"

/** An operand; one that grows beyond 32 bits with the variable stays at the largest number. */
ESC_INTERNAL uint32_t esc_take_operand(struct esc_cursor *cursor, bool variable)
{
    uint32_t value = 0;
    (void)esc_take_varint(cursor, &value);
    if (variable) {
        uint32_t sum = value + esc_program.variable;
        value = sum < value ? UINT32_MAX : sum;
    }
    return value;
}

ESC_NOINLINE static void take_config(const struct esc_program_timer *timer,
                                     struct esc_config *config)
{
    struct esc_cursor cursor = { timer->spec, esc_program.main.at };
    uint8_t flags = esc_take_byte(&cursor);
    config->period = esc_take_operand(&cursor, (flags & ESC_SPEC_VARIABLE_PERIOD) != 0);
    config->handler = esc_on_expiry;
    config->user = (void *)(uintptr_t)timer;
    config->flags = flags & (ESC_PERIODIC | ESC_SOFT | ESC_BURST | ESC_SKIP | ESC_REFUSE_LATE);
}

ESC_NOINLINE ESC_INTERNAL esc_result esc_init_timer(struct esc_program_timer *timer)
{
    struct esc_config config;
    take_config(timer, &config);
    if (timer->handle != ESC_NO_TIMER && !timer->released) {
        return esc_reinit(timer->handle, &config);
    }
    esc_handle handle;
    esc_result result = esc_timer_init(&handle, &config);
    if (result == ESC_OK) {
        timer->handle = handle;
        timer->released = false;
    }
    return result;
}

ESC_NOINLINE ESC_INTERNAL esc_result esc_op_on_timer(struct esc_op *op, struct esc_cursor *cursor)
{
    struct esc_program_timer *timer = &esc_program.timers[op->subject];
    esc_handle handle = timer->handle;
    bool variable = (op->flags & ESC_OPCODE_LAST_VARIABLE) != 0;
    struct esc_config config;
    uint32_t period;
    esc_result result;
    switch (op->opcode) {
    case ESC_OP_INIT:
        return esc_init_timer(timer);
    case ESC_OP_START:
        return esc_start(handle);
    case ESC_OP_START_AT: {
        uint8_t index = esc_take_byte(cursor);
        uint32_t back = esc_take_operand(cursor, (op->flags & ESC_OPCODE_BACK_VARIABLE) != 0);
        uint32_t delta = esc_take_operand(cursor, variable);
        return esc_start_at(handle, esc_run.registers[index] - back, delta);
    }
    case ESC_OP_STOP:
        return esc_stop(handle);
    case ESC_OP_STOP_SYNC:
        return esc_stop_sync(handle, esc_take_operand(cursor, variable));
    case ESC_OP_SHUTDOWN:
        return esc_shutdown(handle);
    case ESC_OP_DEINIT:
        if (handle == ESC_NO_TIMER) {
            return ESC_STALE_HANDLE;
        }
        result = esc_deinit(handle);
        /* After it: an interrupt that sets it up before is not refused as if it made a timer. */
        timer->released = true;
        return result;
    case ESC_OP_SET_PERIOD:
        period = esc_take_operand(cursor, variable);
        /* A timer that was never made is refused before the period is looked at, as by every call. */
        return handle == ESC_NO_TIMER ? (esc_result)ESC_STALE_HANDLE
                                      : esc_set_period(handle, period);
    case ESC_OP_REMAINING:
        op->has_value = true;
        return esc_remaining(handle, &op->value);
    case ESC_OP_PENDING: {
        bool active = false;
        op->has_value = true;
        result = esc_active(handle, &active);
        op->value = active;
        return result;
    }
    case ESC_OP_OVERRUNS: {
        uint16_t count = 0;
        op->has_value = true;
        result = esc_take_overruns(handle, &count);
        op->value = count;
        return result;
    }
    case ESC_OP_COUNT:
        op->has_value = true;
        op->value = timer->count;
        return ESC_OK;
    default:
        take_config(timer, &config);
        return esc_after(&config);
    }
}

static void release_all(void)
{
    if (esc_deinit_all() == ESC_OK) {
        for (uint8_t index = 0; index < esc_program.timer_count; index++) {
            esc_program.timers[index].released = true;
        }
    }
}

ESC_NOINLINE static uint32_t read_many(uint32_t count)
{
    uint32_t backwards = 0;
    uint32_t last = esc_now();
    while (count > 1 && !esc_is_hopeless()) {
        uint32_t now = esc_now();
        if ((int32_t)(now - last) < 0) {
            backwards++;
        }
        last = now;
        count--;
        esc_spend();
    }
    return backwards;
}

ESC_NOINLINE static esc_result phase(uint32_t counter)
{
    bool active = esc_run.mask_count != 0;
    for (uint8_t index = 0; index < esc_program.timer_count; index++) {
        bool one = false;
        (void)esc_active(esc_program.timers[index].handle, &one);
        active = active || one;
    }
    return !active && esc_board_phase(counter) ? (esc_result)ESC_OK
                                               : (esc_result)ESC_INVALID_ARGUMENT;
}

ESC_INTERNAL void esc_unwind_masks(uint8_t depth)
{
    while (esc_run.mask_count > depth) {
        esc_run.mask_count--;
        esc_port_restore(esc_run.masks[esc_run.mask_count]);
    }
}

static esc_result mask(void)
{
    if (esc_run.mask_count - esc_run.mask_base >= ESC_MASK_DEPTH ||
        esc_run.mask_count == ESC_MASK_STATES) {
        return ESC_INVALID_ARGUMENT;
    }
    esc_port_state state = esc_port_save_and_mask();
    esc_run.masks[esc_run.mask_count++] = state;
    return ESC_OK;
}

static esc_result service(struct esc_op *op)
{
    int16_t ran = esc_service();
    if (ran < 0) {
        return (esc_result)ran;
    }
    op->has_value = true;
    op->value = (uint32_t)ran;
    return ESC_OK;
}

ESC_NOINLINE ESC_INTERNAL esc_result esc_op_on_machine(struct esc_op *op, struct esc_cursor *cursor)
{
    uint32_t operand = 0;
    if (esc_has_operand(op->opcode)) {
        operand = esc_take_operand(cursor, (op->flags & ESC_OPCODE_LAST_VARIABLE) != 0);
    }
    switch (op->opcode) {
    case ESC_OP_READ:
    case ESC_OP_CAPTURE: {
        uint32_t value = esc_read_and_record(op->at);
        if (op->opcode == ESC_OP_CAPTURE) {
            esc_run.registers[op->subject] = value;
        }
        op->recorded = false;
        return ESC_OK;
    }
    case ESC_OP_READ_MANY:
        op->has_value = true;
        op->value = read_many(operand);
        return ESC_OK;
    case ESC_OP_MASK:
        return mask();
    case ESC_OP_RESTORE:
        if (esc_run.mask_count <= esc_run.mask_base) {
            return ESC_INVALID_ARGUMENT;
        }
        esc_unwind_masks((uint8_t)(esc_run.mask_count - 1));
        return ESC_OK;
    case ESC_OP_ENABLED:
        op->has_value = true;
        op->value = esc_board_interrupts_enabled();
        return ESC_OK;
    case ESC_OP_SPIN:
        esc_spin(operand);
        return ESC_OK;
    case ESC_OP_SLEEP:
        esc_sleep(operand);
        return ESC_OK;
    case ESC_OP_PHASE:
        return phase(operand);
    case ESC_OP_INTERRUPT:
        esc_board_cancel_interrupt();
        esc_run.interrupt = op->subject;
        esc_board_request_interrupt(operand);
        return ESC_OK;
    case ESC_OP_SERVICE:
        return service(op);
    case ESC_OP_COLLECT: {
        esc_result freed = esc_collect();
        return freed < 0 ? freed : (esc_result)ESC_OK;
    }
    case ESC_OP_DEINIT_ALL:
        if (esc_port_in_interrupt()) {
            return ESC_IN_INTERRUPT;
        }
        release_all();
        return ESC_OK;
    case ESC_OP_MARK:
        esc_record_one(ESC_REC_MARK, op->at, op->subject);
        op->recorded = false;
        return ESC_OK;
    default:
        esc_record_stats(op->at);
        op->recorded = false;
        return ESC_OK;
    }
}
