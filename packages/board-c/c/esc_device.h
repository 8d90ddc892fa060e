/*
 * Registers of a peripheral, as a model in C: what loads and stores of a driver do at its addresses. Named by
 * --device ADDRESS=./model.c, for a driver that uses registers and not the functions of esc_driver.h.
 *
 * The model defines the first three functions, and calls the others. Its variables are as at power-up when the
 * chip is.
 */
#ifndef ESC_DEVICE_H
#define ESC_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that the registers take, from the address on. Asked once, at power-up. */
uint32_t esc_device_bytes(void);

/* A load of 1, 2, 4 or 8 bytes at an offset: the value, of which the low bytes count. */
uint32_t esc_device_read(uint32_t offset, uint32_t size);

/* A store of the low `size` bytes of a value. */
void esc_device_write(uint32_t offset, uint32_t value, uint32_t size);

/* The chip's two flags, and their interrupts. */
#define ESC_FLAG_OVERFLOW 1u
#define ESC_FLAG_COMPARE 2u

/* The counter and the compare, as wide as the chip has them, at most 32 bits. Each access takes what one of the chip takes. */
uint32_t esc_chip_counter(void);
void esc_chip_set_counter(uint32_t counter);
uint32_t esc_chip_compare(void);
void esc_chip_set_compare(uint32_t counter);

/* Latched flags; those of the bits that are set are cleared, or raised by software. */
uint32_t esc_chip_flags(void);
void esc_chip_clear_flags(uint32_t flags);
void esc_chip_pend(uint32_t flags);

/* Interrupts that are enabled; those of the bits that are set are enabled, or disabled. */
uint32_t esc_chip_enabled(void);
void esc_chip_enable(uint32_t flags);
void esc_chip_disable(uint32_t flags);

#endif
