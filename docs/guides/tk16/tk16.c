/*
 * The TK16 on a PC: every register access takes four cycles, and an interrupt that is due comes in
 * right after one, as a nested call. Its UART is a TCP server on localhost, on port TK16_PORT
 * (4000 when unset; 0 takes a free one); the port is printed.
 */
#define _POSIX_C_SOURCE 200809L
#include "tk16.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* macOS has none */
#endif

#define CYCLES_PER_TICK 48u
#define ACCESS_CYCLES 4u
#define ENTRY_CYCLES 16u
#define EXIT_CYCLES 12u

static struct {
    /* The counter starts in the middle of a lap, so that nothing may rely on 0. */
    uint64_t cycles;
    uint32_t compare_a;
    uint32_t compare_b;
    uint32_t status;
    uint32_t enabled;
    uint32_t masked;
    uint32_t level;
} chip = { .cycles = 30000u * CYCLES_PER_TICK };

static struct {
    int server;
    int client;
    uint8_t out[256];
    size_t length;
} uart = { .server = -1, .client = -1 };

/* ---- Time and interrupts --------------------------------------------------------------------- */

static uint64_t ticks(void)
{
    return chip.cycles / CYCLES_PER_TICK;
}

/** Lets cycles pass, and latches what the counter meets on the way. */
static void pass(uint32_t cycles)
{
    uint64_t tick = ticks();
    chip.cycles += cycles;
    while (tick < ticks()) {
        uint32_t counter = (uint32_t)++tick & 0xffffu;
        chip.status |= counter == 0 ? TIMER_OVERFLOW : 0;
        chip.status |= counter == chip.compare_a ? TIMER_MATCH_A : 0;
        chip.status |= counter == chip.compare_b ? TIMER_MATCH_B : 0;
    }
}

static void serve(void)
{
    if (chip.masked == 0 && chip.level == 0 && (chip.status & chip.enabled) != 0) {
        chip.level = 1;
        pass(ENTRY_CYCLES);
        TIMER_IRQHandler();
        pass(EXIT_CYCLES);
        chip.level = 0;
    }
}

uint32_t __get_PRIMASK(void)
{
    return chip.masked;
}

void __set_PRIMASK(uint32_t mask)
{
    pass(ACCESS_CYCLES);
    chip.masked = mask & 1u;
    serve();
}

void __disable_irq(void)
{
    chip.masked = 1;
    pass(ACCESS_CYCLES);
}

uint32_t __get_IPSR(void)
{
    return chip.level == 0 ? 0u : 16u;
}

/* ---- The UART, as a TCP server --------------------------------------------------------------- */

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void listen_once(void)
{
    const char *wanted = getenv("TK16_PORT");
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int on = 1;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)(wanted == NULL ? 4000 : atoi(wanted)));
    uart.server = socket(AF_INET, SOCK_STREAM, 0);
    (void)setsockopt(uart.server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(uart.server, (struct sockaddr *)&address, length) != 0) {
        fail("bind");
    }
    if (listen(uart.server, 1) != 0) {
        fail("listen");
    }
    (void)getsockname(uart.server, (struct sockaddr *)&address, &length);
    printf("tk16 is at tcp://localhost:%u\n", (unsigned)ntohs(address.sin_port));
    (void)fflush(stdout);
}

static void hang_up(void)
{
    (void)close(uart.client);
    uart.client = -1;
    uart.length = 0;
}

static void flush_out(void)
{
    size_t done = 0;
    while (uart.client >= 0 && done < uart.length) {
        ssize_t count = send(uart.client, uart.out + done, uart.length - done, MSG_NOSIGNAL);
        if (count <= 0) {
            hang_up();
        } else {
            done += (size_t)count;
        }
    }
    uart.length = 0;
}

/** Sends what waits and waits for a byte: time stands still here, so that runs repeat themselves. */
static bool has_byte(void)
{
    struct pollfd line = { .events = POLLIN };
    if (uart.server < 0) {
        listen_once();
    }
    if (uart.client < 0) {
        uart.client = accept(uart.server, NULL, NULL);
    }
    flush_out();
    line.fd = uart.client;
    return uart.client >= 0 && poll(&line, 1, -1) > 0;
}

static uint32_t take_byte(void)
{
    uint8_t byte = 0;
    if (recv(uart.client, &byte, 1, 0) != 1) {
        hang_up();
    }
    return byte;
}

/** A frame ends with a zero byte and goes out at once: signs of life have to arrive while a step runs. */
static void put_byte(uint32_t byte)
{
    uart.out[uart.length++] = (uint8_t)byte;
    if (uart.length == sizeof uart.out || (byte == 0 && uart.length > 1)) {
        flush_out();
    }
}

/* ---- Registers ------------------------------------------------------------------------------- */

uint32_t tk16_read(enum tk16_register name)
{
    uint32_t value = 0;
    pass(ACCESS_CYCLES);
    switch (name) {
    case TIMER_CNT:
        value = (uint32_t)(ticks() & 0xffffu);
        break;
    case TIMER_CMPA:
        value = chip.compare_a;
        break;
    case TIMER_CMPB:
        value = chip.compare_b;
        break;
    case TIMER_STATUS:
        value = chip.status;
        break;
    case TIMER_ENABLE:
        value = chip.enabled;
        break;
    case CYCLES:
        value = (uint32_t)chip.cycles;
        break;
    case UART_HAS_ROOM:
        value = 1;
        break;
    case UART_HAS_BYTE:
        value = has_byte();
        break;
    case UART_DATA:
        value = take_byte();
        break;
    }
    serve();
    return value;
}

void tk16_write(enum tk16_register name, uint32_t value)
{
    pass(ACCESS_CYCLES);
    switch (name) {
    case TIMER_CMPA:
        chip.compare_a = value & 0xffffu;
        break;
    case TIMER_CMPB:
        chip.compare_b = value & 0xffffu;
        break;
    case TIMER_STATUS:
        chip.status &= ~value;
        break;
    case TIMER_ENABLE:
        chip.enabled = value;
        break;
    case UART_DATA:
        put_byte(value);
        break;
    default:
        break;
    }
    serve();
}
