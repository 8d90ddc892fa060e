/*
 * The registers of the MPS2 board, image AN385, that the port and the board use. From "Cortex-M System
 * Design Kit, Technical Reference Manual" (timer, dual timer, UART) and "Application Note AN385"
 * (addresses and interrupt numbers).
 */
#ifndef ESC_MPS2_AN385_H
#define ESC_MPS2_AN385_H

#include <stdint.h>

/** A half of the dual timer. */
struct mps2_dual {
    volatile uint32_t load;
    volatile const uint32_t value;
    volatile uint32_t control;
    volatile uint32_t clear;
    /** Bit 0: it reached 0, enabled or not. */
    volatile const uint32_t raw_status;
    volatile const uint32_t status;
    volatile uint32_t background_load;
};

/* Control of the dual timer: counts; its interrupt is let through. Otherwise 16 bits, free running. */
#define MPS2_DUAL_ENABLE UINT32_C(0x80)
#define MPS2_DUAL_INTERRUPT UINT32_C(0x20)

#define MPS2_COUNTER ((struct mps2_dual *)UINT32_C(0x40002000))
#define MPS2_DISTANCE ((struct mps2_dual *)UINT32_C(0x40002020))

/** One of the two single timers: 32 bits, counts down, starts over from `reload`. */
struct mps2_timer {
    volatile uint32_t control;
    volatile uint32_t value;
    volatile uint32_t reload;
    /** Reads as the interrupt's status; a one clears it. */
    volatile uint32_t clear;
};

#define MPS2_TIMER_ENABLE UINT32_C(1)
#define MPS2_TIMER_INTERRUPT UINT32_C(8)

#define MPS2_REFERENCE ((struct mps2_timer *)UINT32_C(0x40000000))
#define MPS2_SECOND ((struct mps2_timer *)UINT32_C(0x40001000))

struct mps2_uart {
    volatile uint32_t data;
    volatile uint32_t state;
    volatile uint32_t control;
    volatile uint32_t clear;
    volatile uint32_t divider;
};

#define MPS2_UART_TX_FULL UINT32_C(1)
#define MPS2_UART_RX_FULL UINT32_C(2)
#define MPS2_UART_BOTH_WAYS UINT32_C(3)

#define MPS2_UART ((struct mps2_uart *)UINT32_C(0x40004000))

/* Interrupt numbers, and the controller's registers for numbers below 32. */
#define MPS2_SECOND_IRQ 9u
#define MPS2_DUAL_IRQ 10u
#define NVIC_ENABLE (*(volatile uint32_t *)UINT32_C(0xe000e100))
#define NVIC_FORGET (*(volatile uint32_t *)UINT32_C(0xe000e280))
#define NVIC_PRIORITY ((volatile uint8_t *)UINT32_C(0xe000e400))

#endif
