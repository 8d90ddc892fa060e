/*
 * The glue as a WebAssembly host sees it: numbers only, times as doubles, which hold them exactly. And what
 * code for microcontrollers takes for granted: the usual names of the interrupt mask.
 */
#include "esc_driver_glue.h"

#define WEAK __attribute__((weak))
#define IMPORT(name) __attribute__((import_module("escapement"), import_name(name)))

IMPORT("expire") void __esc_wasm_host_expire(uint32_t cookie, double scheduled);
IMPORT("report") void __esc_wasm_host_report(int error);
IMPORT("log") void __esc_wasm_host_log(const char *text);
IMPORT("failed")
void __esc_wasm_host_failed(const char *condition, const char *file, int line);
IMPORT("read_counter") uint32_t __esc_wasm_host_read_counter(void);
IMPORT("pend_compare") void __esc_wasm_host_pend_compare(void);

static struct esc_spec __esc_spec(double period, uint32_t flags) {
    struct esc_spec spec;
    spec.period_ticks = (esc_ticks)period;
    spec.periodic = (flags & 1) != 0;
    spec.soft = (flags & 2) != 0;
    spec.overrun = (enum esc_overrun)((flags >> 2) & 3);
    spec.refuse_late = (flags & 16) != 0;
    spec.auto_release = (flags & 32) != 0;
    return spec;
}

void __esc_host_expire(uint32_t cookie, esc_ticks scheduled) {
    __esc_wasm_host_expire(cookie, (double)scheduled);
}

void esc_report(int error) {
    __esc_wasm_host_report(error);
}

void esc_log(const char *text) {
    __esc_wasm_host_log(text);
}

void esc_assert_failed(const char *condition, const char *file, int line) {
    __esc_wasm_host_failed(condition, file, line);
    __builtin_trap();
}

/* The small assert.h calls this one. */
void esc_race_failed(const char *condition, int line) {
    esc_assert_failed(condition, NULL, line);
}

WEAK void abort(void) {
    esc_assert_failed("abort()", NULL, 0);
}

WEAK void exit(int status) {
    (void)status;
    esc_assert_failed("exit()", NULL, 0);
}

uint32_t esc_chip_read_counter(void) {
    uint32_t counter = __esc_wasm_host_read_counter();
    __esc_glue_read_counter(counter);
    return counter;
}

void esc_chip_pend_compare(void) {
    __esc_glue_pend_compare();
    __esc_wasm_host_pend_compare();
}

/* Of these functions: another one where any of them changes what it takes or means. */
uint32_t __esc_wasm_version(void) {
    return 1;
}

double __esc_wasm_now(void) {
    return (double)esc_driver.now();
}

double __esc_wasm_create(uint32_t cookie, double period, uint32_t flags) {
    struct esc_spec spec = __esc_spec(period, flags);
    return (double)__esc_glue_create(cookie, &spec);
}

int __esc_wasm_init(esc_timer timer, double period, uint32_t flags) {
    struct esc_spec spec = __esc_spec(period, flags);
    return __esc_glue_init(timer, &spec);
}

int __esc_wasm_start_at(esc_timer timer, double reference, double delta) {
    if (reference < 0) return ESC_INVALID_ARGUMENT;
    return __esc_glue_start_at(timer, (esc_ticks)reference, (esc_ticks)delta);
}

int __esc_wasm_stop_sync(esc_timer timer, double timeout) {
    return __esc_glue_stop_sync(timer, (esc_ticks)timeout);
}

int __esc_wasm_set_period(esc_timer timer, double period) {
    return __esc_glue_set_period(timer, (esc_ticks)period);
}

double __esc_wasm_remaining(esc_timer timer) {
    return (double)__esc_glue_remaining(timer);
}

double __esc_wasm_take_overruns(esc_timer timer) {
    return (double)__esc_glue_take_overruns(timer);
}

int __esc_wasm_service(void) {
    return esc_driver.service();
}

int __esc_wasm_collect(void) {
    return esc_driver.collect();
}

/* One of the counts: 0 allocated, 1 pending, 2 retired. */
double __esc_wasm_count(uint32_t which) {
    struct esc_counts counts = {0, 0, 0};
    esc_driver.stats(&counts);
    return which == 0 ? counts.allocated : which == 1 ? counts.pending : counts.retired;
}

const char *__esc_wasm_name(void) {
    return esc_driver.name;
}

/* The numbers of the table, in the order that the host has them in. */
double __esc_wasm_fact(uint32_t which) {
    switch (which) {
    case 0:
        return esc_driver.capacity;
    case 1:
        return (double)esc_driver.max_delay_ticks;
    case 2:
        return esc_driver.one_shot_only;
    case 3:
        return esc_driver.generations;
    case 4:
        return esc_driver.late_ticks;
    case 5:
        return esc_driver.op_ticks;
    default:
        return esc_driver.min_delta_ticks;
    }
}

/* Which functions the table has, a bit for each, in the order that the host has them in. */
uint32_t __esc_wasm_has(void) {
    const struct esc_driver *d = &esc_driver;
    const bool has[] = {
        d->now != NULL,        d->make != NULL,          d->init != NULL,
        d->start != NULL,      d->start_at != NULL,      d->stop != NULL,
        d->stop_sync != NULL,  d->shutdown != NULL,      d->deinit != NULL,
        d->deinit_all != NULL, d->set_period != NULL,    d->remaining != NULL,
        d->active != NULL,     d->take_overruns != NULL, d->service != NULL,
        d->collect != NULL,    d->stats != NULL,         d->on_compare != NULL,
        d->on_overflow != NULL, d->on_interrupt != NULL,
    };
    uint32_t bits = 0;
    for (uint32_t place = 0; place < sizeof has; place += 1)
        if (has[place]) bits |= UINT32_C(1) << place;
    return bits;
}

static const struct esc_stated *__esc_stated(uint32_t member) {
    return esc_driver.semantics == NULL ? NULL : &esc_driver.semantics->partial_tick + member;
}

/* What is stated of a member of the semantics, counted from 0; the source is NULL where nothing is. */
uint32_t __esc_wasm_stated(uint32_t member) {
    const struct esc_stated *stated = __esc_stated(member);
    return stated == NULL ? 0 : stated->is;
}

const char *__esc_wasm_source(uint32_t member) {
    const struct esc_stated *stated = __esc_stated(member);
    return stated == NULL ? NULL : stated->source;
}

WEAK void __disable_irq(void) {
    (void)esc_chip_save_and_mask();
}

WEAK void __enable_irq(void) {
    esc_chip_restore(0);
}

WEAK void cli(void) {
    __disable_irq();
}

WEAK void sei(void) {
    __enable_irq();
}

WEAK void noInterrupts(void) {
    __disable_irq();
}

WEAK void interrupts(void) {
    __enable_irq();
}

WEAK uint32_t __get_PRIMASK(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_chip_restore(state);
    return state;
}

WEAK void __set_PRIMASK(uint32_t state) {
    esc_chip_restore(state);
}

WEAK void __NOP(void) {}

WEAK void __DSB(void) {}

WEAK void __DMB(void) {}

WEAK void __ISB(void) {}

WEAK void __WFI(void) {
    esc_chip_wait();
}

/* The small util/atomic.h calls these two. */
WEAK int esc_race_save_and_mask(void) {
    return (int)esc_chip_save_and_mask();
}

WEAK void esc_race_restore(int state) {
    esc_chip_restore((uint32_t)state);
}

/* Inline assembly of other processors becomes calls of these. */
WEAK void esc_race_mask(void) {
    (void)esc_chip_save_and_mask();
}

WEAK void esc_race_unmask(void) {
    esc_chip_restore(0);
}

WEAK int esc_race_get_mask(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_chip_restore(state);
    return (int)state;
}

WEAK int esc_race_assembly_result(void) {
    return 0;
}
