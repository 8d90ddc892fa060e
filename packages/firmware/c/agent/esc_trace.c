/* The trace buffer: records of a step, as docs/wire.md writes them. */
#include "esc_trace.h"

#include "esc_board.h"
#include "esc_port.h"

struct esc_trace esc_trace;

static uint8_t put_varint(uint8_t *out, uint32_t value)
{
    uint8_t length = 0;
    while (value >= 0x80u) {
        out[length++] = (uint8_t)(value | 0x80u);
        /* Seven bits to the right, as a byte and one to the left: AVR shifts bit by bit. */
        value = ((value >> 8) << 1) | ((uint8_t)value >> 7);
    }
    out[length++] = (uint8_t)value;
    return length;
}

static uint32_t zigzag(uint32_t value)
{
    return value & UINT32_C(0x80000000) ? ~(value << 1) : value << 1;
}

void esc_record_begin(struct esc_record *record, uint8_t kind, uint32_t at)
{
    record->at = at;
    record->length = 0;
    record->tag = (uint8_t)(kind | esc_board_level() << 4);
}

void esc_record_byte(struct esc_record *record, uint8_t byte)
{
    record->bytes[record->length++] = byte;
}

void esc_record_varint(struct esc_record *record, uint32_t value)
{
    record->length =
        (uint8_t)(record->length + put_varint(record->bytes + record->length, value));
}

void esc_record_zigzag(struct esc_record *record, uint32_t value)
{
    esc_record_varint(record, zigzag(value));
}

void esc_record_flag(struct esc_record *record)
{
    record->tag |= 0x80u;
}

void esc_record_end(const struct esc_record *record)
{
    uint8_t at[5];
    esc_port_state state = esc_port_save_and_mask();
    uint8_t at_length = put_varint(at, zigzag(record->at - esc_trace.last_at));
    uint16_t room = (uint16_t)(ESC_TRACE_BYTES - esc_trace.used);
    if (esc_trace.full || room < 1u + at_length + record->length) {
        esc_trace.full = true;
    } else {
        uint8_t *out = esc_trace.bytes + esc_trace.used;
        *out++ = record->tag;
        for (uint8_t index = 0; index < at_length; index++) {
            *out++ = at[index];
        }
        for (uint8_t index = 0; index < record->length; index++) {
            *out++ = record->bytes[index];
        }
        esc_trace.used = (uint16_t)(out - esc_trace.bytes);
        esc_trace.last_at = record->at;
    }
    esc_port_restore(state);
}
