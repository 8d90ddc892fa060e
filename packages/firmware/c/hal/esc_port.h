/*
 * What a chip offers to the timer HAL: the lower of Escapement's two narrow waists.
 *
 * The same members as the TypeScript interface TimerPort, under the same names, in the same order.
 * A port is one header with three constants and ten `static inline` functions, named to the build
 * by ESC_PORT_HEADER (for instance -DESC_PORT_HEADER='"esc_port_atmega328p.h"'), so that every
 * access is bound at compile time: on an AVR an indirect call costs more than the read itself.
 *
 *   ESC_PORT_COUNTER_BITS    width of the counter, 3 to 32; the HAL extends it to 32 and 64 bits
 *   ESC_PORT_COMPARE_BITS    width of the compare register where it is narrower (optional)
 *   ESC_PORT_FREQUENCY_HZ    counter ticks per second
 *   ESC_PORT_MIN_DELTA_TICKS least distance, >= 1, from the counter's reading to the compare that is
 *                            then written, at which it is sure to match, and at which the timer's
 *                            interrupt, left after that, reaches the thread before it is entered
 *                            for the match
 *   ESC_PORT_AUTO_CLEAR      1 when entering an interrupt clears its flag, with nothing that could
 *                            read the time in between, else 0 (default 0)
 *   ESC_PORT_THREADS         1 when more than one thread or core calls the HAL, else 0 (default 0)
 *
 *   esc_port_count esc_port_read_counter(void)     the counter now, counting up
 *   bool    esc_port_overflow_pending(void)        wrapped since the last acknowledgement?
 *   void    esc_port_acknowledge_overflow(void)    clears the latched overflow and nothing else
 *   void    esc_port_set_compare(esc_port_count)   writes the compare register
 *   void    esc_port_enable_compare(bool)          lets the compare interrupt through or holds it;
 *                                                  a latched flag stays as it is
 *   bool    esc_port_compare_pending(void)         matched since the last acknowledgement?
 *   void    esc_port_acknowledge_compare(void)     clears the latched match and nothing else
 *   esc_port_state esc_port_save_and_mask(void)    masks interrupts, returns the state as it was
 *   void    esc_port_restore(esc_port_state)       puts that state back, which may be masked
 *   bool    esc_port_in_interrupt(void)            does the caller run in interrupt context?
 *
 * The counter is 0 just where the overflow flag rises. A down-counter is turned round in read_counter
 * and set_compare by one rule: (esc_port_count)(TOP - raw) where the flag rises at the reload,
 * (esc_port_count)(0u - raw), cut to the counter's width, where it rises at 0. The two `pending`
 * functions change nothing: called twice they return the same, so a flag that clears when it is read
 * is kept by the port; and overflow_pending returns true no later than the counter shows the new lap,
 * and not before.
 *
 * With ESC_PORT_THREADS 1 also the type esc_port_thread, compared by ==, and two functions more:
 *
 *   esc_port_thread esc_port_thread_id(void)       who calls; no two that can run at once are equal
 *   void    esc_port_relax(void)                   lets others run, in a wait for a handler
 *
 * The port also defines the types esc_port_count (unsigned, holds a counter value) and
 * esc_port_state. Every member may be called masked or not, from any context; none may block.
 * save_and_mask and restore must be compiler barriers. Where threads or cores can run at once they
 * hold a lock, too: save_and_mask masks first, then locks; restore unlocks first, then unmasks, and
 * the state says whether the lock was held. In the other order an interrupt between the two waits
 * for its own core for ever.
 *
 * The port connects the interrupts: the overflow interrupt is on from the start and calls
 * esc_on_overflow(); the compare interrupt calls esc_on_compare(); a chip with one vector for both
 * calls esc_on_interrupt(). The HAL acknowledges a pending overflow itself where it finds one
 * (READ-21); an overflow interrupt that was latched before that may still come, and counts nothing.
 *
 * Why ESC_PORT_MIN_DELTA_TICKS covers the way out: a core that enters a pending interrupt straight
 * from the exit of another (a Cortex-M tail-chains) never gets back to the thread where a timer that
 * starts itself with the shortest delay is due again by then (CALL-12). On a chip that runs an
 * instruction of the thread between two interrupts, as an AVR does, any distance is enough for that.
 *
 * Not promised by a port: that a compare nearer than ESC_PORT_MIN_DELTA_TICKS matches, or that two
 * overflows can be distinguished from one.
 */
#ifndef ESC_PORT_H
#define ESC_PORT_H

#include <stdbool.h>
#include <stdint.h>

#ifndef ESC_PORT_HEADER
#error "Define ESC_PORT_HEADER, the header of the chip's port, in quotes."
#endif
#include ESC_PORT_HEADER

#ifndef ESC_PORT_COMPARE_BITS
#define ESC_PORT_COMPARE_BITS ESC_PORT_COUNTER_BITS
#endif
#ifndef ESC_PORT_AUTO_CLEAR
#define ESC_PORT_AUTO_CLEAR 0
#endif
#ifndef ESC_PORT_THREADS
#define ESC_PORT_THREADS 0
#endif

#if ESC_PORT_COUNTER_BITS < 3 || ESC_PORT_COUNTER_BITS > 32
#error "ESC_PORT_COUNTER_BITS must be 3 to 32."
#endif
#if ESC_PORT_COMPARE_BITS < 3 || ESC_PORT_COMPARE_BITS > ESC_PORT_COUNTER_BITS
#error "ESC_PORT_COMPARE_BITS must be 3 to ESC_PORT_COUNTER_BITS."
#endif
#if ESC_PORT_MIN_DELTA_TICKS < 1
#error "ESC_PORT_MIN_DELTA_TICKS must be 1 or more."
#endif

#endif
