/* The trace buffer: records of a step, as docs/wire.md writes them. */
#ifndef ESC_TRACE_H
#define ESC_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "esc_agent.h"

/** Records of the present step. Threads and interrupts append; only threads do anything else. */
struct esc_trace {
    uint8_t bytes[ESC_TRACE_BYTES];
    uint16_t used;
    /** `at` of the last record; the next is written as a difference to it. */
    uint32_t last_at;
    /** A record did not fit; it and all after it are missing. */
    bool full;
    /** While true only expiries, refusals and errors are wanted. */
    bool muted;
};

extern struct esc_trace esc_trace;

/** A record under construction, all but its `at`. */
struct esc_record {
    uint32_t at;
    uint8_t bytes[16];
    uint8_t length;
    uint8_t tag;
};

/** Begins a record of a kind, made at this time at the caller's context level. */
void esc_record_begin(struct esc_record *record, uint8_t kind, uint32_t at);

/** Adds a byte. */
void esc_record_byte(struct esc_record *record, uint8_t byte);

/** Adds a number as a varint. */
void esc_record_varint(struct esc_record *record, uint32_t value);

/** Adds a signed number, given modulo 2^32, as a zigzag varint. */
void esc_record_zigzag(struct esc_record *record, uint32_t value);

/** Sets the flag of the record's kind. */
void esc_record_flag(struct esc_record *record);

/** Appends the record; masks interrupts only for that. */
void esc_record_end(const struct esc_record *record);

#endif
