/* The check of programs, and the records of a run. */
#include "check.h"
#include "esc_agent.h"
#include "esc_program.h"
#include "esc_wire.h"
#include "talk.h"

static void wrong_offset(void)
{
    /* A handler that sleeps: the byte at offset 9 is the sleep. */
    static const uint8_t bytes[] = { 1, 1, 0, 50, 0, 0, 1, 0, 0, 2, 0x17, 1 };
    struct reply reply = talk_begin(bytes, sizeof bytes);
    CHECK_EQUAL(reply.type, ESC_REQ_ERROR);
    CHECK_EQUAL(reply.payload[0], ESC_LINK_PROGRAM_INVALID);
    CHECK_EQUAL(reply.payload[1], 10);
}

void test_programs(void)
{
    check_run("the offset of the wrong byte is reported", wrong_offset);
}
