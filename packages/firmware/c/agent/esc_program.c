/* A test program: its bytes, where its parts are, and the check that all of it can be run. */
#include "esc_program.h"

#include "esc_wire.h"

struct esc_program esc_program;

/** The lists that an operation may stand in. */
enum place { IN_MAIN, IN_BODY, IN_HANDLER, IN_INTERRUPT };

uint8_t esc_take_byte(struct esc_cursor *cursor)
{
    uint16_t at = cursor->at++;
    return at < cursor->end ? esc_program.bytes[at] : 0;
}

bool esc_take_varint(struct esc_cursor *cursor, uint32_t *value)
{
    uint32_t result = 0;
    uint16_t start = cursor->at;
    uint8_t length = 0;
    uint8_t byte;
    do {
        if (cursor->at >= cursor->end) {
            return false;
        }
        byte = esc_program.bytes[cursor->at];
        /* The fifth byte holds the last four bits, and a last byte of 0 would not be shortest. */
        if ((length == 4 && byte > 0x0f) || (length != 0 && byte == 0)) {
            return false;
        }
        cursor->at++;
        length++;
    } while (byte & 0x80);
    while (length != 0) {
        length--;
        /* Seven bits to the left, as one to the right and a byte: AVR shifts bit by bit. */
        result = ((result >> 1) << 8) | ((uint32_t)(result & 1u) << 7);
        result |= esc_program.bytes[start + length] & 0x7fu;
    }
    *value = result;
    return true;
}

bool esc_has_operand(uint8_t opcode)
{
    switch (opcode) {
    case ESC_OP_START_AT:
    case ESC_OP_STOP_SYNC:
    case ESC_OP_SET_PERIOD:
    case ESC_OP_READ_MANY:
    case ESC_OP_SPIN:
    case ESC_OP_SLEEP:
    case ESC_OP_PHASE:
    case ESC_OP_INTERRUPT:
    case ESC_OP_REPEAT:
        return true;
    default:
        return false;
    }
}

static bool may_stand(uint8_t opcode, enum place place)
{
    switch (opcode) {
    case ESC_OP_SLEEP:
    case ESC_OP_PHASE:
        return place == IN_MAIN || place == IN_BODY;
    case ESC_OP_REPEAT:
        return place == IN_MAIN;
    case ESC_OP_THROW:
    case ESC_OP_WHEN:
        return place == IN_HANDLER;
    default:
        return true;
    }
}

/** How many values the first argument has where it is a byte; 0 where there is no such argument. */
static uint16_t index_range(uint8_t opcode)
{
    if (opcode >= ESC_OP_INIT && opcode <= ESC_OP_SPAWN) {
        return esc_program.timer_count;
    }
    switch (opcode) {
    case ESC_OP_CAPTURE:
        return ESC_REGISTERS;
    case ESC_OP_INTERRUPT:
        return esc_program.interrupt_count;
    case ESC_OP_MARK:
        return 256;
    default:
        return 0;
    }
}

static bool is_opcode(uint8_t opcode)
{
    return (opcode >= ESC_OP_INIT && opcode <= ESC_OP_SPAWN) ||
           (opcode >= ESC_OP_READ && opcode <= ESC_OP_REPEAT);
}

static bool check_index(struct esc_cursor *cursor, uint16_t range)
{
    if (cursor->at >= cursor->end || esc_program.bytes[cursor->at] >= range) {
        return false;
    }
    cursor->at++;
    return true;
}

/**
 * Checks the operations up to the cursor's end; where it returns false the cursor stands at the
 * byte that is wrong. A repeat's body is checked in the same loop: it is not nested, so one end
 * suffices.
 */
static bool check_list(struct esc_cursor *cursor, enum place place)
{
    uint16_t body_end = 0;
    uint32_t ignored;
    while (cursor->at < cursor->end) {
        if (place == IN_BODY && cursor->at == body_end) {
            place = IN_MAIN;
        }
        uint16_t limit = cursor->end;
        uint8_t byte = esc_program.bytes[cursor->at];
        uint8_t opcode = byte & ESC_OPCODE_MASK;
        if (!is_opcode(opcode) || !may_stand(opcode, place) ||
            ((byte & ESC_OPCODE_LAST_VARIABLE) && !esc_has_operand(opcode)) ||
            ((byte & ESC_OPCODE_BACK_VARIABLE) && opcode != ESC_OP_START_AT)) {
            return false;
        }
        cursor->at++;
        if (place == IN_BODY) {
            cursor->end = body_end;
        }
        bool good = true;
        if (index_range(opcode) != 0 || (opcode >= ESC_OP_INIT && opcode <= ESC_OP_SPAWN) ||
            opcode == ESC_OP_INTERRUPT) {
            good = check_index(cursor, index_range(opcode));
        }
        if (good && opcode == ESC_OP_START_AT) {
            good = check_index(cursor, ESC_REGISTERS) && esc_take_varint(cursor, &ignored);
        }
        if (good && esc_has_operand(opcode)) {
            good = esc_take_varint(cursor, &ignored);
        }
        if (good && opcode == ESC_OP_WHEN) {
            uint16_t at = cursor->at;
            good = esc_take_varint(cursor, &ignored);
            if (good && ignored == 0) {
                cursor->at = at;
                good = false;
            }
        }
        if (good && opcode == ESC_OP_REPEAT) {
            uint32_t length;
            uint16_t at = cursor->at;
            good = esc_take_varint(cursor, &length);
            if (good && length > (uint32_t)(cursor->end - cursor->at)) {
                cursor->at = at;
                good = false;
            }
            if (good) {
                body_end = (uint16_t)(cursor->at + length);
                place = IN_BODY;
            }
        }
        cursor->end = limit;
        if (!good) {
            return false;
        }
    }
    return true;
}

/** Reads a list's length, notes where the list is, checks it and goes on behind it. */
static bool take_list(struct esc_cursor *cursor, struct esc_cursor *list, enum place place)
{
    uint32_t length;
    uint16_t at = cursor->at;
    if (!esc_take_varint(cursor, &length)) {
        return false;
    }
    if (length > (uint32_t)(cursor->end - cursor->at)) {
        cursor->at = at;
        return false;
    }
    list->at = cursor->at;
    list->end = (uint16_t)(cursor->at + length);
    struct esc_cursor check = *list;
    bool good = check_list(&check, place);
    cursor->at = check.at;
    return good;
}

static bool take_timers(struct esc_cursor *cursor)
{
    uint32_t ignored;
    for (uint8_t index = 0; index < esc_program.timer_count; index++) {
        esc_program.timers[index].spec = cursor->at;
        uint8_t flags = esc_take_byte(cursor);
        bool good = (flags & ESC_SPEC_UNUSED) == 0 &&
                    (flags & ESC_SPEC_OVERRUN_MASK) != ESC_SPEC_OVERRUN_MASK;
        if (cursor->at > cursor->end || !good) {
            cursor->at--;
            return false;
        }
        if (!esc_take_varint(cursor, &ignored)) {
            return false;
        }
    }
    return true;
}

static bool take_lists(struct esc_cursor *cursor)
{
    if (!take_list(cursor, &esc_program.main, IN_MAIN)) {
        return false;
    }
    for (uint8_t index = 0; index < esc_program.timer_count; index++) {
        if (!take_list(cursor, &esc_program.timers[index].list, IN_HANDLER)) {
            return false;
        }
    }
    for (uint8_t index = 0; index < esc_program.interrupt_count; index++) {
        if (!take_list(cursor, &esc_program.interrupts[index], IN_INTERRUPT)) {
            return false;
        }
    }
    return cursor->at == cursor->end;
}

enum esc_check esc_program_check(uint16_t length, uint16_t *wrong)
{
    struct esc_cursor cursor = { 0, length };
    *wrong = 0;
    if (esc_take_byte(&cursor) != ESC_FORMAT) {
        return ESC_CHECK_INVALID;
    }
    *wrong = cursor.at;
    esc_program.timer_count = esc_take_byte(&cursor);
    if (cursor.at > length || esc_program.timer_count > 32) {
        return ESC_CHECK_INVALID;
    }
    if (esc_program.timer_count > ESC_TIMERS) {
        return ESC_CHECK_TIMERS;
    }
    bool good = take_timers(&cursor);
    if (good) {
        esc_program.interrupt_count = esc_take_byte(&cursor);
        good = cursor.at <= length && esc_program.interrupt_count <= ESC_INTERRUPTS;
        if (!good) {
            cursor.at--;
        }
    }
    if (good) {
        uint16_t at = 0;
        good = esc_take_varint(&cursor, &esc_program.variable);
        at = cursor.at;
        good = good && esc_take_varint(&cursor, &esc_program.iterations);
        if (good && esc_program.iterations == 0) {
            cursor.at = at;
            good = false;
        }
    }
    good = good && esc_take_varint(&cursor, &esc_program.step) && take_lists(&cursor);
    *wrong = cursor.at;
    return good ? ESC_CHECK_GOOD : ESC_CHECK_INVALID;
}
