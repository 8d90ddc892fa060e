/*
 * A timer driver of yours, as the suite sees it: one table of functions, filled in by a small file, the
 * adapter, that stands beside the driver. The driver itself is not changed.
 *
 *   #include "esc_driver.h"
 *   #include "my_timer.h"
 *
 *   static struct my_timer timers[8];
 *   static void ring(void *which) { esc_expire((esc_timer)(uintptr_t)which); }
 *   static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
 *       my_timer_start(&timers[timer], delay, ring, (void *)(uintptr_t)timer);
 *       return ESC_OK;
 *   }
 *   ...
 *   const struct esc_driver esc_driver = {
 *       .capacity = 8, .max_delay_ticks = 0x7fffffff, .one_shot_only = true, .now = my_now,
 *       .start = start, .stop = stop, .on_compare = my_timer_isr,
 *   };
 *
 * Required are capacity, max_delay_ticks, now, start, stop and a handler for the interrupt. Each other
 * function that is missing is a capability less: the laws that need it are skipped by its name.
 *
 * What is the same for all adapters is done behind the table, where a function leaves it open: whether a
 * timer that is stopped was in flight or has fired, whether it is active, for when an expiry was scheduled.
 *
 * The same file is compiled to WebAssembly for the simulated chips, into a native program, and into the
 * agent on a chip. Times are ticks of the chip's counter. C99.
 */
#ifndef ESC_DRIVER_H
#define ESC_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A time, or a span of time, in ticks of the counter. */
typedef uint64_t esc_ticks;

/** A timer: a number from 0 to capacity - 1, or the handle that `make` gave out. */
typedef uint32_t esc_timer;

/* The results are those of esc_hal.h; where a file uses both headers, that one comes first. */
#ifndef ESC_HAL_H

/** What a call returns: 0 or more is an `esc_result_code`, below 0 an `esc_error`. */
typedef int8_t esc_result;

/** Results. */
enum esc_result_code {
    /** Done. Of `stop`: stopped, and the driver says no more. */
    ESC_OK = 0,
    /** Start: armed for the future. */
    ESC_ARMED = 1,
    /** Start: the deadline had passed; it fires at once. */
    ESC_LATE = 2,
    /** Start: the deadline had passed, and nothing changed. */
    ESC_MISSED = 3,
    /** Stop: it was pending, and its handler will not run. */
    ESC_REMOVED = 4,
    /** Stop: its handler is running, and nothing more comes after it. */
    ESC_IN_FLIGHT = 5,
    /** Stop: a one-shot that ran since its last start. */
    ESC_FIRED = 6,
    /** Stop: it was not pending. */
    ESC_IDLE = 7
};

/** Refusals; after each of them everything is as it was. */
enum esc_error {
    /** A period or a delay is outside its range. */
    ESC_INVALID_ARGUMENT = -1,
    /** There is no room for another timer. */
    ESC_CAPACITY_EXHAUSTED = -2,
    /** The timer was released. */
    ESC_STALE_HANDLE = -3,
    /** The timer was shut down for good. */
    ESC_TIMER_SHUT_DOWN = -4,
    /** The timer system is closed. */
    ESC_HAL_CLOSED = -5,
    /** `service` inside a soft callback. */
    ESC_REENTRANT_SERVICE = -6,
    /** Not allowed in interrupt context. */
    ESC_IN_INTERRUPT = -7
};

#endif

/** What happens to periods that pass without a handler of their own. */
enum esc_overrun {
    /** One call for all of them, and the others are counted. */
    ESC_OVERRUN_COALESCE = 0,
    /** A call for each. */
    ESC_OVERRUN_BURST = 1,
    /** One call for the newest, nothing is counted. */
    ESC_OVERRUN_SKIP = 2
};

/** How a timer is to be. */
struct esc_spec {
    /** The period, or the delay of a one-shot: 1 to `max_delay_ticks`. */
    esc_ticks period_ticks;
    /** Fires again and again; else once for each start. */
    bool periodic;
    /** Its handler runs in `service()`; else in the interrupt. Only where the table has `service`. */
    bool soft;
    /** What happens to missed periods. */
    enum esc_overrun overrun;
    /** `start_at` returns ESC_MISSED where the deadline has passed; else ESC_LATE, and it fires. */
    bool refuse_late;
    /** A one-shot that releases itself after it fired or was stopped. Only where the table has `make`. */
    bool auto_release;
};

/** The counts of a registry. */
struct esc_counts {
    /** Places in use, those that wait to be collected included. */
    uint32_t allocated;
    /** Timers that are pending. */
    uint32_t pending;
    /** Places that wait to be collected. */
    uint32_t retired;
};

/** One difference from the contract: what the driver does, and the document that says so. */
struct esc_stated {
    /** One of the words below, as ESC_STOP_RESULT_BOOLEAN; or a number, where the member is one. */
    uint32_t is;
    /** A page, a header, a function of the driver's source. Required. */
    const char *source;
};

/**
 * What the driver does otherwise than the contract on purpose; a member that is left out is as in the
 * contract. docs/guides/where-your-system-differs.md explains each.
 */
struct esc_semantics {
    /** The tick that runs at a start. */
    struct esc_stated partial_tick;
    /** The order of equal deadlines. */
    struct esc_stated equal_deadlines;
    /** The order of timers that are due at once. */
    struct esc_stated overdue;
    /** What `start` returns of a delay that is over before it returns. */
    struct esc_stated relative_start;
    /** What `stop` can say. */
    struct esc_stated stop_result;
    /** From when a start in a handler counts. */
    struct esc_stated start_in_handler;
    /** What `start_at` does with a deadline that has passed. */
    struct esc_stated past_deadline;
    /** What happens to missed periods. */
    struct esc_stated missed_periods;
    /** A soft callback that waits when its timer is stopped. */
    struct esc_stated queued_on_stop;
    /** What a new period does to a pending expiry. */
    struct esc_stated set_period;
    /** Whether a timer can be made in an interrupt. */
    struct esc_stated making_in_interrupt;
    /** When a soft periodic timer is armed again. */
    struct esc_stated soft_rearm;
    /** No callback of C throws; there so that the members are those of the contract. */
    struct esc_stated callback_throws;
    /** `start` of a running timer. */
    struct esc_stated start_of_running;
    /** A timer that nobody holds. */
    struct esc_stated unreferenced;
    /** Ticks of the counter in one tick of the driver, 1 or more. */
    struct esc_stated granularity_ticks;
    /** Where counting overruns ends. */
    struct esc_stated max_overruns;
    /** How old the reference of `start_at` may be, in ticks. */
    struct esc_stated max_reference_age_ticks;
};

/** The words of each member of `esc_semantics`, the contract's first. */
enum { ESC_PARTIAL_TICK_WAITED, ESC_PARTIAL_TICK_GIVEN_AWAY };
enum { ESC_EQUAL_DEADLINES_FIFO, ESC_EQUAL_DEADLINES_LIFO, ESC_EQUAL_DEADLINES_ANY };
enum { ESC_OVERDUE_BY_DUE_TIME, ESC_OVERDUE_BY_DEADLINE, ESC_OVERDUE_ANY };
enum { ESC_RELATIVE_START_ARMED, ESC_RELATIVE_START_ARMED_OR_LATE };
enum {
    ESC_STOP_RESULT_EXACT,
    ESC_STOP_RESULT_NO_FIRED,
    ESC_STOP_RESULT_NO_IN_FLIGHT,
    ESC_STOP_RESULT_BOOLEAN,
    ESC_STOP_RESULT_NOTHING
};
enum { ESC_START_IN_HANDLER_FROM_NOW, ESC_START_IN_HANDLER_FROM_SCHEDULED };
enum {
    ESC_PAST_DEADLINE_BY_POLICY,
    ESC_PAST_DEADLINE_FIRES,
    ESC_PAST_DEADLINE_CLAMPED,
    ESC_PAST_DEADLINE_REFUSED
};
enum {
    ESC_MISSED_PERIODS_BY_POLICY,
    ESC_MISSED_PERIODS_COALESCE,
    ESC_MISSED_PERIODS_BURST,
    ESC_MISSED_PERIODS_SKIP
};
enum { ESC_QUEUED_ON_STOP_DROPPED, ESC_QUEUED_ON_STOP_DELIVERED };
enum { ESC_SET_PERIOD_MOVES, ESC_SET_PERIOD_NEXT, ESC_SET_PERIOD_RESTARTS };
enum { ESC_MAKING_IN_INTERRUPT_REFUSED, ESC_MAKING_IN_INTERRUPT_ALLOWED };
enum { ESC_SOFT_REARM_AT_SERVICE, ESC_SOFT_REARM_AT_EXPIRY };
enum { ESC_START_OF_RUNNING_RESTARTS, ESC_START_OF_RUNNING_REFUSED };
enum { ESC_UNREFERENCED_KEPT, ESC_UNREFERENCED_COLLECTED };

/**
 * The driver table. Functions are called from any context that the contract allows; those that return
 * esc_result return ESC_OK, a result, or a refusal.
 */
struct esc_driver {
    /** The driver's name in reports; the file's when absent. */
    const char *name;
    /** Timers that can exist at once, 1 to 255. */
    uint32_t capacity;
    /** The longest delay that can be armed, in ticks. */
    esc_ticks max_delay_ticks;
    /** Has no periodic timers. */
    bool one_shot_only;
    /** Distinguishes the handle of a released timer from a live one. Only where the table has `make`. */
    bool generations;
    /** A handler is entered at most this late, in ticks, when nothing masks or precedes it; 0: four times
     * what Escapement's own HAL needs on the chip. */
    uint32_t late_ticks;
    /** One call takes at most this, in ticks; 0: as above. */
    uint32_t op_ticks;
    /** The least delay that can be armed directly, in ticks; 0: the chip's. */
    uint32_t min_delta_ticks;
    /** What it does otherwise than the contract, on purpose; nothing when absent. */
    const struct esc_semantics *semantics;

    /** Brings the driver up from nothing. Enables what it needs of the chip's interrupts. */
    void (*boot)(void);
    /** The time, from any context. Required. */
    esc_ticks (*now)(void);

    /** Prepares a timer that is not running. Without it `start` gets all that it needs. */
    esc_result (*create)(esc_timer timer, const struct esc_spec *spec);
    /** In place of `create`, for a driver that gives out handles of its own: makes a timer that is not
     * running, and stores its handle. `cookie` is what esc_expire() then gets in place of the timer. All
     * results are then the driver's own, nothing is added to them. */
    esc_result (*make)(uint32_t cookie, const struct esc_spec *spec, esc_timer *handle);
    /** Sets a timer up again, stopping it first. Without it the timer is released and made again. */
    esc_result (*init)(esc_timer timer, const struct esc_spec *spec);
    /** Starts it `delay_ticks` from now, and then each `period_ticks`, 0 for once. Starts over where it runs.
     * Required. Both are those of its spec, or of the last `set_period`. */
    esc_result (*start)(esc_timer timer, esc_ticks delay_ticks, esc_ticks period_ticks);
    /** Starts it for `reference + delta_ticks`; where that has passed, ESC_LATE, or ESC_MISSED as its spec asks.
     * esc_start_at_by_delay does it with `start`. */
    esc_result (*start_at)(esc_timer timer, esc_ticks reference, esc_ticks delta_ticks,
                           esc_ticks period_ticks);
    /** Stops it. ESC_REMOVED where it was pending and ESC_IDLE where not is enough: whether it was in flight
     * or has fired is added. ESC_OK where the driver does not say; then state stop_result. Required. */
    esc_result (*stop)(esc_timer timer);
    /** As `stop`, and waits for its handler, at most that long. esc_stop_sync_by_stop serves on one core. */
    esc_result (*stop_sync)(esc_timer timer, esc_ticks timeout_ticks);
    /** Stops it for good. */
    esc_result (*shutdown)(esc_timer timer);
    /** Releases it. Without it `stop` is called. */
    esc_result (*deinit)(esc_timer timer);
    /** Releases all. Without it each is released. */
    esc_result (*deinit_all)(void);
    /** Changes its period. */
    esc_result (*set_period)(esc_timer timer, esc_ticks period_ticks);
    /** Ticks until it expires, 0 when due or not pending; below 0 a refusal. */
    int64_t (*remaining)(esc_timer timer);
    /** 1 where it is pending, 0 where not; below 0 a refusal. Where absent it is found by its starts, stops
     * and expiries. That its handler runs is added. */
    int8_t (*active)(esc_timer timer);
    /** For when the expiry in progress was scheduled. Where absent it is found by the first reading of the
     * counter in `start`. */
    esc_ticks (*scheduled)(esc_timer timer);
    /** The periods that passed without a handler since this was last asked; below 0 a refusal. */
    int64_t (*take_overruns)(esc_timer timer);
    /** Runs the soft callbacks that wait; returns how many, or a refusal. */
    int32_t (*service)(void);
    /** Gives back the places of released timers. Only where the table has `make`. */
    esc_result (*collect)(void);
    /** Stores the registry's counts. */
    void (*stats)(struct esc_counts *counts);

    /** The handlers of the chip's interrupts. `on_interrupt` serves both of a chip with one vector, and each
     * of the others that is absent. */
    void (*on_compare)(void);
    void (*on_overflow)(void);
    void (*on_interrupt)(void);
};

/** The adapter defines it. */
extern const struct esc_driver esc_driver;

/* What an adapter calls. */

/** A timer expires: runs what the program has for it. From the interrupt, or from `service` of a soft one. */
void esc_expire(esc_timer timer);
/** As esc_expire(), with the time for which the expiry was scheduled. */
void esc_expire_at(esc_timer timer, esc_ticks scheduled);
/** Reports an error that no caller can get: an `esc_error`. */
void esc_report(int error);
/** Writes a line to the log, which is shown with a law that fails. */
void esc_log(const char *text);
/** What esc_assert() calls; does not return. */
#ifdef __cplusplus
[[noreturn]]
#elif defined(__GNUC__)
__attribute__((noreturn))
#endif
void esc_assert_failed(const char *condition, const char *file, int line);
/** Ends the run with a finding where a condition does not hold. assert() of <assert.h> does the same. */
#define esc_assert(condition) \
    ((condition) ? (void)0 : esc_assert_failed(#condition, __FILE__, __LINE__))

/** How a timer of `create` is to be, for as long as it is not released. */
const struct esc_spec *esc_spec_of(esc_timer timer);

/**
 * For `start_at` of a driver that has plain delays only: masked, with `now` and `start`. The time between the
 * two is lost, so that it fires a little late, and equal deadlines are not kept in order: state
 * equal_deadlines and overdue as ESC_EQUAL_DEADLINES_ANY and ESC_OVERDUE_ANY.
 */
esc_result esc_start_at_by_delay(esc_timer timer, esc_ticks reference, esc_ticks delta_ticks,
                                 esc_ticks period_ticks);
/** For `stop_sync` where no handler can run at the same time as the caller: one core, one thread. */
esc_result esc_stop_sync_by_stop(esc_timer timer, esc_ticks timeout_ticks);

/* The chip, with the words of esc_port.h. Registers are read and written in one access. */

/** Width of the counter, and its ticks per second. */
uint32_t esc_chip_counter_bits(void);
uint32_t esc_chip_frequency_hz(void);
/** The least distance from the counter's reading to a compare that is sure to match. */
uint32_t esc_chip_min_delta_ticks(void);
/** Entering an interrupt clears its flag. */
bool esc_chip_auto_clear(void);
/** The counter, counting up; of one that is wider than 32 bits the low half, with the high one latched. */
uint32_t esc_chip_read_counter(void);
/** The high half that the last esc_chip_read_counter() latched; 0 of a counter of at most 32 bits. */
uint32_t esc_chip_latched_high(void);
/** Wrapped since the last acknowledgement? */
bool esc_chip_overflow_pending(void);
void esc_chip_acknowledge_overflow(void);
/** Lets the overflow interrupt through or holds it; it is held at first. */
void esc_chip_enable_overflow(bool enable);
void esc_chip_set_compare(uint32_t counter);
/** Lets the compare interrupt through or holds it; a latched flag stays as it is. Held at first. */
void esc_chip_enable_compare(bool enable);
/** Matched since the last acknowledgement? */
bool esc_chip_compare_pending(void);
void esc_chip_acknowledge_compare(void);
/** Masks interrupts, returns the state as it was. */
uint32_t esc_chip_save_and_mask(void);
/** Puts that state back, which may be masked. */
void esc_chip_restore(uint32_t state);
bool esc_chip_in_interrupt(void);
/** Requests the compare interrupt by software: its handler is entered once, whatever the flags are. */
void esc_chip_pend_compare(void);
/** Waits for the next interrupt, as WFI does: one that waits ends it, also where it is masked. */
void esc_chip_wait(void);

#ifdef ESC_DRIVER_CLOCK
/*
 * A clock of 64 bits over the chip's counter, for a driver that has none of its own: define ESC_DRIVER_CLOCK
 * before the include, in one file. Needs the overflow interrupt, where the counter has at most 32 bits:
 * `on_overflow` is esc_clock_on_overflow, and `boot` enables it.
 */
static uint32_t esc_clock_laps;
/* For when the alarm was set last; UINT64_MAX where none is. */
static esc_ticks esc_clock_alarm_at = UINT64_MAX;

/* Counts a lap that the flag shows. Whoever sees it first counts it: handlers that follow each other may
 * keep the overflow interrupt waiting for longer than a lap. */
static inline void esc_clock_count_lap(void) {
    esc_chip_acknowledge_overflow();
    esc_clock_laps += 1;
}

/** The time, from any context. Exact as long as no handler and nothing that masks lasts a lap. */
static inline esc_ticks esc_clock_now(void) {
    uint32_t state = esc_chip_save_and_mask();
    uint32_t bits = esc_chip_counter_bits();
    esc_ticks now = esc_chip_read_counter();
    if (bits > 32) {
        now |= (esc_ticks)esc_chip_latched_high() << 32;
    } else {
        if (esc_chip_overflow_pending()) {
            esc_clock_count_lap();
            /* The wrap may have come after the first reading. */
            now = esc_chip_read_counter();
        }
        now |= (esc_ticks)esc_clock_laps << bits;
    }
    esc_chip_restore(state);
    return now;
}

/**
 * Sets the compare for a time, and lets its interrupt through; for one further away than half a lap, half a
 * lap from now: the handler sets it again. What was written too late is requested by software. Masked.
 */
static inline void esc_clock_alarm(esc_ticks at) {
    uint32_t bits = esc_chip_counter_bits();
    esc_ticks half_lap = UINT64_C(1) << ((bits < 32 ? bits : 32) - 1);
    esc_ticks now = esc_clock_now();
    esc_ticks ahead = at > now ? at - now : 0;
    if (ahead < esc_chip_min_delta_ticks()) ahead = esc_chip_min_delta_ticks();
    if (ahead > half_lap) ahead = half_lap;
    esc_clock_alarm_at = at;
    esc_chip_set_compare((uint32_t)(now + ahead));
    esc_chip_enable_compare(true);
    if (esc_clock_now() >= now + ahead) esc_chip_pend_compare();
}

/** The compare interrupt, at its begin: acknowledges the match, and returns the time. */
static inline esc_ticks esc_clock_alarmed(void) {
    esc_chip_acknowledge_compare();
    return esc_clock_now();
}

/** Takes the alarm back. An interrupt that waits already still comes. */
static inline void esc_clock_no_alarm(void) {
    esc_clock_alarm_at = UINT64_MAX;
    esc_chip_enable_compare(false);
}

/**
 * In place of esc_clock_alarmed(), for a driver that takes the interrupt for proof that its time has come:
 * whether it has. Where it has not, as the alarm was moved while its interrupt waited, or is further away
 * than half a lap, the alarm is set again, and the driver's handler is not to be called.
 */
static inline bool esc_clock_alarm_is_due(void) {
    uint32_t state = esc_chip_save_and_mask();
    esc_ticks at = esc_clock_alarm_at;
    bool is_due = esc_clock_alarmed() >= at;
    if (!is_due && at != UINT64_MAX) esc_clock_alarm(at);
    esc_chip_restore(state);
    return is_due;
}

/** The overflow interrupt. */
static inline void esc_clock_on_overflow(void) {
    uint32_t state = esc_chip_save_and_mask();
    /* A chip that clears the flag on the way in enters only for a lap that nobody has counted. */
    if (esc_chip_auto_clear()) esc_clock_laps += 1;
    else if (esc_chip_overflow_pending()) esc_clock_count_lap();
    esc_chip_restore(state);
}
#endif

#ifdef __cplusplus
}
#endif

#endif
