/* What the interpreter's files share: the running iteration, and the operations. */
#ifndef ESC_RUN_H
#define ESC_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_hal.h"
#include "esc_port.h"
#include "esc_program.h"
#include "esc_trace.h"
#include "esc_unit.h"
#include "esc_wire.h"

/** How deep `mask` nests in one list. */
#define ESC_MASK_DEPTH 4
/** For three open lists: thread, soft handler, interrupt. */
#define ESC_MASK_STATES (3 * ESC_MASK_DEPTH)
/** Time between two signs of life. */
#define ESC_ALIVE_TICKS ((uint32_t)(ESC_PORT_FREQUENCY_HZ / 5))
/** So many handler entries, and for so long, while the main list gets no further: it never will. More
 * than a burst of missed periods has; and soon, as an emulator may take ten times as long as a board
 * and the host waits no more than some seconds. */
#define ESC_STARVING_ENTRIES 20000
#define ESC_STARVING_TICKS (ESC_ALIVE_TICKS / 2)

/** What the running iteration has besides its program. */
struct esc_run {
    uint32_t registers[ESC_REGISTERS];
    esc_port_state masks[ESC_MASK_STATES];
    uint8_t mask_count;
    /** Masks of the lists that the running list interrupted; `restore` leaves them alone. */
    uint8_t mask_base;
    /** List of the second interrupt that was asked for. */
    uint8_t interrupt;
    /** Handlers run; false between iterations. */
    bool live;
    /** Operations so far, counted apart so that neither context tears the other's count. */
    uint32_t thread_steps;
    uint32_t interrupt_steps;
    /** Set by the main list whenever it gets further, taken back by the next handler entry. */
    volatile bool advanced;
    /** Handlers that were entered and have not returned. */
    volatile uint8_t nested;
    /** Handler entries since then, when the first of them was, and whether they were too many. */
    uint16_t starving;
    uint32_t starving_since;
    bool starved;
    /** Bytes of the largest iteration so far. */
    uint16_t largest;
    uint32_t last_alive;
    void (*alive)(void);
};

#ifdef ESC_ONE_UNIT
static struct esc_run esc_run;
#else
extern struct esc_run esc_run;
#endif

/** An operation being esc_run. */
struct esc_op {
    uint32_t at;
    uint32_t value;
    uint8_t opcode;
    uint8_t subject;
    /** ESC_OPCODE_LAST_VARIABLE and ESC_OPCODE_BACK_VARIABLE. */
    uint8_t flags;
    bool has_value;
    /** It makes a call record. */
    bool recorded;
};

/** Whether a list ran longer than allowed. */
static inline bool esc_is_endless(void)
{
    return esc_run.thread_steps > ESC_STEP_LIMIT || esc_run.interrupt_steps > ESC_STEP_LIMIT;
}

/** Whether no handler may run any more: a list ran too long, or the thread gets no turn. */
static inline bool esc_is_hopeless(void)
{
    return esc_is_endless() || esc_run.starved;
}

/** Whether the main list cannot go on, as its records no longer fit or the iteration is hopeless.
 * Handlers go on without records: whether the thread ever gets its turn is still to be seen. */
static inline bool esc_must_end(void)
{
    return esc_trace.full || esc_is_hopeless();
}

/** Says that the main list got further; nothing where a handler runs. */
static inline void esc_advance(void)
{
    if (esc_run.nested == 0) {
        esc_run.advanced = true;
    }
}

/** Whether a timer's expiries are counted but not recorded. */
static inline bool esc_is_quiet(const struct esc_program_timer *timer)
{
    return (esc_program.bytes[timer->spec] & ESC_SPEC_QUIET) != 0;
}

/** Counts one operation. */
ESC_INTERNAL void esc_spend(void);

/** Reads an operand, with the sweep variable added where it says so. */
ESC_INTERNAL uint32_t esc_take_operand(struct esc_cursor *cursor, bool variable);

/** Burns ticks of processor time. */
ESC_INTERNAL void esc_spin(uint32_t ticks);

/** Lets ticks pass in thread context. */
ESC_INTERNAL void esc_sleep(uint32_t ticks);

/** Says to the host that the step goes on. */
ESC_INTERNAL void esc_call_alive(void);

/** Records a call; nothing while muted, unless it was refused. */
ESC_INTERNAL void esc_record_call(const struct esc_op *op, uint8_t code);

/** Records a kind with one byte; nothing while muted. */
ESC_INTERNAL void esc_record_one(uint8_t kind, uint32_t at, uint8_t byte);

/** Records the registry's counts; nothing while muted. */
ESC_INTERNAL void esc_record_stats(uint32_t at);

/** Records an expiry. */
ESC_INTERNAL void esc_record_expiry(esc_handle handle, uint8_t index, uint32_t at);

/** Reads the time between two readings of the reference clock, and records it. */
ESC_INTERNAL uint32_t esc_read_and_record(uint32_t at);

/** Makes a timer, or sets it up again where it is live. */
ESC_INTERNAL esc_result esc_init_timer(struct esc_program_timer *timer);

/** Restores the states that `mask` found, down to this many. */
ESC_INTERNAL void esc_unwind_masks(uint8_t depth);

/** Performs an operation on a timer. */
ESC_INTERNAL esc_result esc_op_on_timer(struct esc_op *op, struct esc_cursor *cursor);

/** Performs an operation on the machine. */
ESC_INTERNAL esc_result esc_op_on_machine(struct esc_op *op, struct esc_cursor *cursor);

/** The handler of every timer of a program. */
ESC_INTERNAL void esc_on_expiry(esc_handle handle, void *user);

#endif
