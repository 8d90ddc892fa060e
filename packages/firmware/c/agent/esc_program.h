/* A test program: its bytes, where its parts are, and the check that all of it can be run. */
#ifndef ESC_PROGRAM_H
#define ESC_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_agent.h"
#include "esc_hal.h"

/** Lists of the second interrupt in a program. */
#define ESC_INTERRUPTS 4
/** Registers, numbered from 0. */
#define ESC_REGISTERS 4

/** A stretch of the program's bytes that is read from `at` to `end`. */
struct esc_cursor {
    uint16_t at;
    uint16_t end;
};

/** A timer of the program, and its state in this iteration. */
struct esc_program_timer {
    /** Its handler's list. */
    struct esc_cursor list;
    /** Offset of its flags. */
    uint16_t spec;
    /** The HAL's timer; ESC_NO_TIMER where it could never be made. */
    esc_handle handle;
    /** Handler entries in this iteration. */
    uint16_t count;
    /** Released, so that the next init makes a new one. */
    bool released;
};

/** The program that was loaded. */
struct esc_program {
    uint8_t bytes[ESC_PROGRAM_BYTES];
    uint16_t loaded;
    /** Checked and ready for a step. */
    bool ready;
    uint8_t timer_count;
    uint8_t interrupt_count;
    /** Iterations left. */
    uint32_t iterations;
    /** The sweep variable now, and its step. */
    uint32_t variable;
    uint32_t step;
    struct esc_cursor main;
    struct esc_cursor interrupts[ESC_INTERRUPTS];
    struct esc_program_timer timers[ESC_TIMERS];
};

extern struct esc_program esc_program;

/** What esc_program_check() found. */
enum esc_check {
    ESC_CHECK_GOOD,
    /** A byte is wrong. */
    ESC_CHECK_INVALID,
    /** It has more timers than the HAL. */
    ESC_CHECK_TIMERS
};

/** Reads a byte; 0 at the end, where the cursor then stands beyond it. */
uint8_t esc_take_byte(struct esc_cursor *cursor);

/** Reads a varint of at most 2^32 - 1 in its shortest form; false where there is none. */
bool esc_take_varint(struct esc_cursor *cursor, uint32_t *value);

/** Whether an operation's last argument is an operand, which bit 7 of its opcode speaks of. */
bool esc_has_operand(uint8_t opcode);

/**
 * Checks the first `length` bytes and finds the program's parts. Reads every list to its end, so
 * that nothing is left to check while it runs. `wrong` is the offset of the byte that is wrong.
 */
enum esc_check esc_program_check(uint16_t length, uint16_t *wrong);

#endif
