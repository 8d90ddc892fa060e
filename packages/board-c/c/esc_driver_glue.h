/*
 * The calls of the suite, over a driver's table: what the WebAssembly host, the native program and the
 * agent use in place of the table itself. Times are ticks; a result below 0 is an `esc_error`.
 */
#ifndef ESC_DRIVER_GLUE_H
#define ESC_DRIVER_GLUE_H

#include "esc_driver.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Brings the driver up; once, before anything else. */
void __esc_glue_boot(void);
/** Makes a timer: returns its handle, or a refusal. `cookie` is what __esc_host_expire() gets. */
int64_t __esc_glue_create(uint32_t cookie, const struct esc_spec *spec);
esc_result __esc_glue_init(esc_timer timer, const struct esc_spec *spec);
esc_result __esc_glue_start(esc_timer timer);
esc_result __esc_glue_start_at(esc_timer timer, esc_ticks reference, esc_ticks delta);
esc_result __esc_glue_stop(esc_timer timer);
esc_result __esc_glue_stop_sync(esc_timer timer, esc_ticks timeout);
esc_result __esc_glue_shutdown(esc_timer timer);
esc_result __esc_glue_deinit(esc_timer timer);
esc_result __esc_glue_deinit_all(void);
esc_result __esc_glue_set_period(esc_timer timer, esc_ticks period);
int64_t __esc_glue_remaining(esc_timer timer);
int8_t __esc_glue_active(esc_timer timer);
int64_t __esc_glue_take_overruns(esc_timer timer);

/** The chip's interrupts; of one vector for both, the last. */
void __esc_glue_on_compare(void);
void __esc_glue_on_overflow(void);
void __esc_glue_on_interrupt(void);

/** Called at each reading of the counter, by whoever implements esc_chip_read_counter(). */
void __esc_glue_read_counter(uint32_t counter);

/** Called at each request, by whoever implements esc_chip_pend_compare(). */
void __esc_glue_pend_compare(void);

/** The host runs what the program has for an expiry. */
void __esc_host_expire(uint32_t cookie, esc_ticks scheduled);

#ifdef __cplusplus
}
#endif

#endif
