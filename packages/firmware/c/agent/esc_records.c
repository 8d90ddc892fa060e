/* The records of a program's operations. */
#include "esc_board.h"
#include "esc_run.h"

ESC_NOINLINE ESC_INTERNAL void esc_record_call(const struct esc_op *op, uint8_t code)
{
    struct esc_record record;
    if (esc_trace.muted && code < ESC_RESULT_INVALID_ARGUMENT) {
        return;
    }
    uint32_t until = esc_now();
    esc_record_begin(&record, ESC_REC_CALL, op->at);
    esc_record_byte(&record, op->opcode);
    esc_record_byte(&record, op->subject);
    esc_record_byte(&record, code);
    esc_record_varint(&record, until - op->at);
    if (op->has_value && op->value != 0 && code < ESC_RESULT_INVALID_ARGUMENT) {
        esc_record_flag(&record);
        esc_record_varint(&record, op->value);
    }
    esc_record_end(&record);
}

ESC_NOINLINE ESC_INTERNAL void esc_record_one(uint8_t kind, uint32_t at, uint8_t byte)
{
    struct esc_record record;
    if (!esc_trace.muted) {
        esc_record_begin(&record, kind, at);
        esc_record_byte(&record, byte);
        esc_record_end(&record);
    }
}

ESC_NOINLINE ESC_INTERNAL void esc_record_stats(uint32_t at)
{
    struct esc_record record;
    struct esc_stats stats;
    esc_stats(&stats);
    if (!esc_trace.muted) {
        esc_record_begin(&record, ESC_REC_STATS, at);
        esc_record_varint(&record, stats.allocated);
        esc_record_varint(&record, stats.pending);
        esc_record_varint(&record, stats.retired);
        esc_record_end(&record);
    }
}

ESC_NOINLINE ESC_INTERNAL uint32_t esc_read_and_record(uint32_t at)
{
    struct esc_record record;
#if ESC_BOARD_REFERENCE_HZ
    uint32_t call = esc_board_reference();
    uint32_t value = esc_now();
    uint32_t back = esc_board_reference();
#else
    uint32_t value = esc_now();
#endif
    if (!esc_trace.muted) {
        esc_record_begin(&record, ESC_REC_READ, at);
        esc_record_zigzag(&record, value - at);
#if ESC_BOARD_REFERENCE_HZ
        call = esc_board_reference_ticks(call);
        back = esc_board_reference_ticks(back);
        esc_record_flag(&record);
        esc_record_varint(&record, call);
        esc_record_varint(&record,
                          back >= call ? back - call : back + ESC_BOARD_REFERENCE_MODULUS - call);
#endif
        esc_record_end(&record);
    }
    return value;
}

ESC_NOINLINE ESC_INTERNAL void esc_record_expiry(esc_handle handle, uint8_t index, uint32_t at)
{
    struct esc_record record;
    uint32_t scheduled = at;
    (void)esc_scheduled(handle, &scheduled);
    esc_record_begin(&record, ESC_REC_EXPIRY, at);
    esc_record_byte(&record, index);
    esc_record_zigzag(&record, at - scheduled);
    esc_record_end(&record);
}
