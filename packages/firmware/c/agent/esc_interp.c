/* The interpreter: lists, handlers and iterations. */
#include "esc_interp.h"

#include "esc_board.h"
#include "esc_run.h"

#ifndef ESC_ONE_UNIT
struct esc_run esc_run;
#endif

ESC_INTERNAL void esc_spend(void)
{
    esc_advance();
    if (esc_board_level() == 0) {
        esc_run.thread_steps++;
    } else {
        esc_run.interrupt_steps++;
    }
}

/** The byte in a trace for what a HAL call returned. */
static uint8_t code_of(esc_result result)
{
    return result < 0 ? (uint8_t)(ESC_RESULT_INVALID_ARGUMENT - 1 - result) : (uint8_t)result;
}

ESC_NOINLINE static void run_op(uint8_t byte, struct esc_cursor *cursor)
{
    struct esc_op op = { .opcode = byte & ESC_OPCODE_MASK,
                         .flags = byte & (uint8_t)~ESC_OPCODE_MASK,
                         .recorded = true };
    uint8_t code;
    bool on_timers = op.opcode <= ESC_OP_SPAWN;
    if (on_timers || op.opcode == ESC_OP_CAPTURE || op.opcode == ESC_OP_INTERRUPT ||
        op.opcode == ESC_OP_MARK) {
        op.subject = esc_take_byte(cursor);
    }
    op.at = esc_now();
    if (op.opcode == ESC_OP_THROW) {
        code = ESC_RESULT_NOT_SUPPORTED;
    } else {
        code = code_of(on_timers ? esc_op_on_timer(&op, cursor)
                                 : esc_op_on_machine(&op, cursor));
    }
    if (op.recorded) {
        esc_record_call(&op, code);
    }
}

/** Runs a list; `entry` is the running handler's entry count, which `when` asks for. */
ESC_NOINLINE static void run_list(struct esc_cursor list, uint16_t entry)
{
    struct esc_cursor body = { 0, 0 };
    uint32_t rounds = 0;
    bool is_main = list.at == esc_program.main.at;
    for (;;) {
        /* A repeat is a jump back here, not a call of its own: it is not nested. */
        if (rounds != 0 && list.at >= body.end) {
            rounds--;
            list.at = body.at;
            esc_spend();
            if (rounds == 0) {
                esc_trace.muted = false;
                list.at = body.end;
            }
        }
        if (list.at >= list.end || (is_main ? esc_must_end() : esc_is_hopeless())) {
            break;
        }
        if (rounds != 0 && body.at == body.end) {
            continue;
        }
        esc_spend();
        if (is_main && esc_run.mask_count == 0 &&
            esc_now() - esc_run.last_alive > 2 * ESC_ALIVE_TICKS) {
            esc_call_alive();
        }
        uint8_t byte = esc_take_byte(&list);
        uint8_t opcode = byte & ESC_OPCODE_MASK;
        if (opcode == ESC_OP_WHEN) {
            uint32_t count = 0;
            (void)esc_take_varint(&list, &count);
            if (count != entry) {
                break;
            }
        } else if (opcode == ESC_OP_REPEAT) {
            uint32_t length = 0;
            rounds = esc_take_operand(&list, (byte & ESC_OPCODE_LAST_VARIABLE) != 0);
            (void)esc_take_varint(&list, &length);
            body.at = list.at;
            body.end = (uint16_t)(list.at + length);
            if (rounds == 0) {
                list.at = body.end;
            } else {
                esc_trace.muted = true;
            }
        } else {
            run_op(byte, &list);
        }
    }
}

/**
 * Watches over a handler's entry. A timer that is due again whenever its interrupt returns leaves
 * a core that takes interrupts back to back no instruction of the thread, and nothing else would see
 * that the program never ends. False where it must not be entered any more.
 */
static bool may_enter(uint32_t at)
{
    if (esc_run.advanced || esc_run.starving == 0) {
        esc_run.advanced = false;
        esc_run.starving = 0;
        esc_run.starving_since = at;
    }
    if (esc_run.starving < ESC_STARVING_ENTRIES) {
        esc_run.starving++;
    } else if (at - esc_run.starving_since >= ESC_STARVING_TICKS) {
        esc_run.starved = true;
    }
    return !esc_is_hopeless();
}

/** Runs a handler's list; masks that it leaves are restored, as a return from interrupt does. */
static void run_nested(struct esc_cursor list, uint16_t entry)
{
    uint8_t base = esc_run.mask_count;
    uint8_t outer = esc_run.mask_base;
    esc_run.mask_base = base;
    run_list(list, entry);
    esc_unwind_masks(base);
    esc_run.mask_base = outer;
}

static void run_handler(struct esc_program_timer *timer, esc_handle handle, uint32_t at)
{
    uint8_t index = (uint8_t)(timer - esc_program.timers);
    timer->count++;
    esc_spend();
    if (!esc_is_quiet(timer)) {
        esc_record_expiry(handle, index, at);
    }
    if (timer->list.at != timer->list.end) {
        run_nested(timer->list, timer->count);
        if (!esc_is_quiet(timer)) {
            esc_record_one(ESC_REC_EXIT, esc_now(), index);
        }
    }
}

ESC_INTERNAL void esc_on_expiry(esc_handle handle, void *user)
{
    uint32_t at = esc_now();
    if (!esc_run.live || !may_enter(at)) {
        /* A timer that keeps expiring must not keep the iteration from coming to its end. */
        (void)esc_stop(handle);
        return;
    }
    esc_run.nested++;
    run_handler(user, handle, at);
    esc_run.nested--;
}

void esc_agent_on_interrupt(void)
{
    uint32_t at = esc_now();
    if (!esc_run.live || !may_enter(at)) {
        return;
    }
    uint8_t index = esc_run.interrupt;
    esc_run.nested++;
    esc_spend();
    esc_record_one(ESC_REC_INTERRUPT, at, index);
    run_nested(esc_program.interrupts[index], 0);
    esc_run.nested--;
}

ESC_NOINLINE static void set_up_timers(void)
{
    for (uint8_t index = 0; index < esc_program.timer_count; index++) {
        struct esc_program_timer *timer = &esc_program.timers[index];
        struct esc_op op = { .at = esc_now(), .opcode = ESC_OP_INIT, .subject = index };
        timer->handle = ESC_NO_TIMER;
        timer->released = false;
        timer->count = 0;
        esc_result result = esc_init_timer(timer);
        if (result != ESC_OK) {
            esc_record_call(&op, code_of(result));
        }
    }
}

ESC_NOINLINE static void begin_iteration(void)
{
    struct esc_record record;
    for (uint8_t index = 0; index < ESC_REGISTERS; index++) {
        esc_run.registers[index] = 0;
    }
    esc_run.thread_steps = 0;
    esc_run.interrupt_steps = 0;
    esc_run.advanced = true;
    esc_run.nested = 0;
    esc_run.starved = false;
    esc_run.live = true;
    esc_record_begin(&record, ESC_REC_ITERATION, esc_now());
    esc_record_varint(&record, esc_program.variable);
    esc_record_end(&record);
    set_up_timers();
}

ESC_NOINLINE static void end_iteration(void)
{
    esc_run.live = false;
    esc_trace.muted = false;
    esc_board_cancel_interrupt();
    (void)esc_deinit_all();
    esc_unwind_masks(0);
    (void)esc_service();
}

static void run_iteration(void)
{
    begin_iteration();
    run_list(esc_program.main, 0);
    end_iteration();
}

void esc_interp_begin(void)
{
    esc_run.live = false;
    esc_run.largest = 0;
    esc_run.mask_count = 0;
    esc_run.mask_base = 0;
    esc_trace.used = 0;
    esc_trace.last_at = 0;
    esc_trace.full = false;
    esc_trace.muted = false;
}

enum esc_step esc_interp_step(void (*alive)(void))
{
    esc_trace.used = 0;
    esc_run.alive = alive;
    esc_run.last_alive = esc_now();
    while (esc_program.iterations != 0) {
        uint16_t start = esc_trace.used;
        uint32_t start_at = esc_trace.last_at;
        /* Twice the largest so far must fit: the next may need more than any before it. */
        if (start != 0 && (uint16_t)(ESC_TRACE_BYTES - start) < 2u * esc_run.largest) {
            return ESC_STEP_MORE;
        }
        run_iteration();
        if (esc_is_hopeless()) {
            return esc_run.starved ? ESC_STEP_STARVED : ESC_STEP_ENDLESS;
        }
        if (esc_trace.full) {
            if (start == 0) {
                return ESC_STEP_FULL;
            }
            /* It outgrew the guess. It left nothing behind but records, so it can be run again. */
            esc_trace.full = false;
            esc_trace.used = start;
            esc_trace.last_at = start_at;
            return ESC_STEP_MORE;
        }
        if (esc_trace.used - start > esc_run.largest) {
            esc_run.largest = (uint16_t)(esc_trace.used - start);
        }
        esc_program.variable += esc_program.step;
        esc_program.iterations--;
    }
    return ESC_STEP_DONE;
}
