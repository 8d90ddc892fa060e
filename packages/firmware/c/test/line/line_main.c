/*
 * The agent behind a line that a test plays, in lock step with it: the test writes what arrives and
 * gets back what the agent replies, so that time, loss and damage are the test's alone.
 *
 *   'p'                      powers the board up again
 *   'f', u16 length, bytes   bytes arrive
 *
 * The reply to each is: u16 length and the bytes that the agent sent; u32 steps that ran iterations;
 * u32 times that a program was set back to its beginning. Numbers are little endian.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_port.h"
#include "esc_program.h"

/** A request that takes longer hangs; the test then reads the end of the file. */
#define LIMIT_SECONDS 20

static uint32_t steps;
static uint32_t begins;

static uint8_t take(void)
{
    int byte = getchar();
    if (byte == EOF) {
        exit(0);
    }
    return (uint8_t)byte;
}

static void put(uint32_t value, unsigned bytes)
{
    for (unsigned at = 0; at < bytes; at++) {
        (void)putchar((int)(value >> (8 * at) & 0xffu));
    }
}

static void power_up(void)
{
    esc_host_reset(1);
    esc_agent_init();
    esc_program.iterations = 0;
}

static void arrive(uint8_t byte)
{
    uint32_t before = esc_program.iterations;
    (void)esc_agent_byte(byte);
    if (esc_program.iterations < before) {
        steps++;
    } else if (esc_program.iterations > before) {
        begins++;
    }
}

int main(void)
{
    power_up();
    for (;;) {
        esc_host_line.length = 0;
        (void)alarm(0);
        uint8_t command = take();
        (void)alarm(LIMIT_SECONDS);
        if (command == 'p') {
            power_up();
        } else {
            unsigned length = take();
            length |= (unsigned)take() << 8;
            for (; length != 0; length--) {
                arrive(take());
            }
        }
        put((uint32_t)esc_host_line.length, 2);
        (void)fwrite(esc_host_line.bytes, 1, esc_host_line.length, stdout);
        put(steps, 4);
        put(begins, 4);
        (void)fflush(stdout);
    }
}
