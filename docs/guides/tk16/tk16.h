/*
 * Registers of the TK16, a microcontroller that exists only in the guide "Port a chip in C".
 *
 * A Cortex-M0+ at 48 MHz with one 16-bit timer at 1 MHz: two compares, one interrupt vector,
 * status bits that are cleared by writing a one. tk16.c plays it on a PC.
 */
#ifndef TK16_H
#define TK16_H

#include <stdbool.h>
#include <stdint.h>

enum tk16_register {
    TIMER_CNT,
    TIMER_CMPA,
    TIMER_CMPB,
    TIMER_STATUS,
    TIMER_ENABLE,
    CYCLES,
    UART_HAS_ROOM,
    UART_HAS_BYTE,
    UART_DATA
};

/* Bits of TIMER_STATUS and TIMER_ENABLE. */
#define TIMER_OVERFLOW UINT32_C(1)
#define TIMER_MATCH_A UINT32_C(2)
#define TIMER_MATCH_B UINT32_C(4)

uint32_t tk16_read(enum tk16_register name);
void tk16_write(enum tk16_register name, uint32_t value);

#define REG_READ(name) tk16_read(name)
#define REG_WRITE(name, value) tk16_write(name, value)

/* The core, under the names of CMSIS. */
uint32_t __get_PRIMASK(void);
void __set_PRIMASK(uint32_t mask);
void __disable_irq(void);
uint32_t __get_IPSR(void);

/* The vector; the board's file defines it. */
void TIMER_IRQHandler(void);

#endif
