/*
 * The timer HAL: many timers over one counter with one compare channel.
 *
 * The same calls, results and rules as `TimerHal` of @escapement/core; docs/contract.md numbers the
 * rules. No allocation, no floating point, no recursion. Everything may be called from thread and
 * interrupt context unless its comment says otherwise, and by more than one thread where the port
 * defines ESC_PORT_THREADS. All times are ticks of the port's counter, extended to 32 bits; they
 * wrap, and are compared by their difference. They are exact as long as no single stretch with
 * interrupts masked, and no single handler, lasts a lap of the counter, however many follow each
 * other (READ-21). Beyond that a wrap is lost and not noticed: the chip has one flag.
 *
 *   static void toggle(esc_handle timer, void *user) { ... }
 *
 *   esc_handle blink;
 *   const struct esc_config config = { 8000000u, toggle, NULL, ESC_PERIODIC };
 *   esc_init();
 *   if (esc_timer_init(&blink, &config) == ESC_OK) {
 *       esc_start(blink);
 *   }
 */
#ifndef ESC_HAL_H
#define ESC_HAL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Timers that can exist at once: 1 to 32. */
#ifndef ESC_TIMERS
#define ESC_TIMERS 8
#endif

#if ESC_TIMERS < 1 || ESC_TIMERS > 32
#error "ESC_TIMERS must be 1 to 32."
#endif

/** Longest delay and longest period, in ticks. A little under 2^31, so that a difference of two
 * times still distinguishes past from future while a handler is late. */
#define ESC_MAX_DELAY UINT32_C(0x7fff0000)

/** A timer: its slot in the low 5 bits, the slot's generation above. Never 0. */
typedef uint16_t esc_handle;

/** A handle that is no timer's. */
#define ESC_NO_TIMER ((esc_handle)0)

/** What a call returns: 0 or more is an `esc_result_code`, below 0 an `esc_error`. */
typedef int8_t esc_result;

/** Results. */
enum esc_result_code {
    /** Done. */
    ESC_OK = 0,
    /** Start: armed for the future. */
    ESC_ARMED = 1,
    /** Start: the deadline had passed; the handler runs as soon as the interrupt can. */
    ESC_LATE = 2,
    /** Start: the deadline had passed, the timer refuses that, and nothing changed. */
    ESC_MISSED = 3,
    /** Stop: it was pending, or its soft callback queued, and its handler will not run. */
    ESC_REMOVED = 4,
    /** Stop: its handler is running in this context, one that this context interrupted, or another
     * thread, and nothing more comes after it. */
    ESC_IN_FLIGHT = 5,
    /** Stop: a one-shot that ran since its last start. */
    ESC_FIRED = 6,
    /** Stop: nothing was pending and nothing had fired. */
    ESC_IDLE = 7
};

/** Errors; after each of them everything is as it was. In the order of TimerErrorCode. */
enum esc_error {
    /** A period, delta or handler is outside its stated range. */
    ESC_INVALID_ARGUMENT = -1,
    /** Every slot is in use, and collecting gave none back. */
    ESC_CAPACITY_EXHAUSTED = -2,
    /** The handle's timer was released; its slot may be another timer's by now. */
    ESC_STALE_HANDLE = -3,
    /** The timer was shut down for good. */
    ESC_TIMER_SHUT_DOWN = -4,
    /** esc_init() was not called yet, or esc_close() was. */
    ESC_HAL_CLOSED = -5,
    /** esc_service() was called from inside a soft callback, of the same thread. */
    ESC_REENTRANT_SERVICE = -6,
    /** The call is not allowed in interrupt context. */
    ESC_IN_INTERRUPT = -7
};

/** Flags of a timer. One-shot, hard, coalesce and fire-when-late are the defaults. */
enum esc_flags {
    /** Expiries at start + k * period, without drift; else one for each start. */
    ESC_PERIODIC = 0x01,
    /** The handler runs in esc_service(); else in the timer interrupt. */
    ESC_SOFT = 0x02,
    /** One call for each missed period; else one call, and the others are counted. */
    ESC_BURST = 0x04,
    /** One call for the newest missed period, nothing counted. Not together with ESC_BURST. */
    ESC_SKIP = 0x08,
    /** esc_start_at() returns ESC_MISSED when the deadline has passed; else ESC_LATE, and it
     * fires. */
    ESC_REFUSE_LATE = 0x10,
    /** A one-shot that releases itself: after it fired or was stopped, its slot goes back to the pool
     * at the next collecting call. Not together with ESC_PERIODIC. */
    ESC_AUTO_RELEASE = 0x20
};

/** Runs at an expiry, with the interrupt state as the interrupt found it. */
typedef void (*esc_handler)(esc_handle timer, void *user);

/** How a timer behaves. */
struct esc_config {
    /** Period, or the one-shot's delay: 1 to ESC_MAX_DELAY ticks. */
    uint32_t period;
    /** Runs at each expiry; not NULL. */
    esc_handler handler;
    /** Passed to the handler as it is. */
    void *user;
    /** Bits of `esc_flags`. */
    uint8_t flags;
};

/** The registry now. */
struct esc_stats {
    /** Slots in use, pending or not, those waiting for a collecting call included. */
    uint8_t allocated;
    /** Timers in the deadline queue. */
    uint8_t pending;
    /** Slots released, to be given back at the next collecting call after their handlers returned. */
    uint8_t retired;
    /** Soft callbacks waiting for esc_service(). */
    uint8_t queued;
};

/** Begins with no timers and the time as it is. Thread only, before the port's interrupts are
 * on. */
void esc_init(void);

/** Stops everything for good. Later calls return ESC_HAL_CLOSED, but for esc_deinit() and
 * esc_close(), which return ESC_OK; the time stays readable. Thread only: in-interrupt. */
esc_result esc_close(void);

/** The time, its low 32 bits. A fixed number of port accesses, no loop (READ-01, READ-14). Never
 * acknowledges an overflow. */
uint32_t esc_now(void);

/** The time in full: the counter below a 32-bit count of its wraps, 48 bits on a 16-bit counter. */
uint64_t esc_now_wide(void);

/**
 * Makes a timer that is not running and stores its handle in `timer`. Thread only. A collecting
 * call. Errors: invalid-argument, capacity-exhausted, in-interrupt, hal-closed.
 */
esc_result esc_timer_init(esc_handle *timer, const struct esc_config *config);

/**
 * Sets a timer up again; stops it first, forgets overruns and that it fired (LIFE-01, LIFE-13).
 * In its own handler it is not active afterwards. Errors: stale-handle, invalid-argument,
 * timer-shut-down.
 */
esc_result esc_reinit(esc_handle timer, const struct esc_config *config);

/**
 * Makes and starts a one-shot that gives its slot back by itself; `config->period` is the delay.
 * Thread only. A collecting call. Returns ESC_ARMED; errors as esc_timer_init().
 */
esc_result esc_after(const struct esc_config *config);

/**
 * Starts it one period after the first whole tick that is not before the call (ARM-02); starts over
 * where it runs, and drops its queued soft callback. Before its own handler returned it arms again.
 * Returns ESC_ARMED. Errors: stale-handle, timer-shut-down.
 */
esc_result esc_start(esc_handle timer);

/**
 * Starts it for exactly reference + delta (ARM-05). `reference` is a time of esc_now(), not in the
 * future and less than 2^31 ticks ago; `delta` is 0 to ESC_MAX_DELAY. One whose deadline has passed
 * runs behind what was due already (ARM-32). Errors: invalid-argument, stale-handle,
 * timer-shut-down.
 */
esc_result esc_start_at(esc_handle timer, uint32_t reference, uint32_t delta);

/** Stops it, in bounded time, in any context; returns what it found. Error: stale-handle. */
esc_result esc_stop(esc_handle timer);

/**
 * As esc_stop(), and waits for its handler where another thread runs that (STOP-23); needs
 * ESC_PORT_THREADS. Stops it again on each turn, so that the timer is neither pending nor in flight
 * when this returns ESC_FIRED, whatever the handler did (THR-06). A handler that released its timer
 * is waited for, too, even where that came before the call; else a stale handle is refused.
 * ESC_IN_FLIGHT: the handler is the caller's own or one that it interrupted, for which waiting would
 * never end (STOP-15), or `timeout` ticks have passed. Not promised: an end of the wait before that
 * under a lock that the handler takes (THR-10).
 */
esc_result esc_stop_sync(esc_handle timer, uint32_t timeout);

/** Stops it; later esc_start(), esc_start_at(), esc_reinit() and esc_set_period() return
 * ESC_TIMER_SHUT_DOWN (STOP-17). Error: stale-handle. */
esc_result esc_shutdown(esc_handle timer);

/**
 * Releases it: it does not fire, its handle is stale, and its slot goes back to the pool at the
 * next collecting call (esc_timer_init, esc_after, esc_service, esc_collect, esc_deinit_all). A
 * second time it changes nothing.
 */
esc_result esc_deinit(esc_handle timer);

/**
 * Changes its period, 1 to ESC_MAX_DELAY; a pending expiry moves to the last one plus the new
 * period, and is due at once where that has passed (PER-06). A soft callback that waits stays, and
 * the schedule goes on from it. Errors: invalid-argument, stale-handle, timer-shut-down.
 */
esc_result esc_set_period(esc_handle timer, uint32_t period);

/** Stores the ticks until it expires, 0 when due or not pending. Error: stale-handle. */
esc_result esc_remaining(esc_handle timer, uint32_t *ticks);

/** Stores whether it is active: pending, queued, or its handler running and not stopped. Error:
 * stale-handle. */
esc_result esc_active(esc_handle timer, bool *active);

/** Stores its overrun count, at most 65535: periods that passed without a call, of the default
 * policy. Stop and start keep it. Those of a soft callback that waits are added when that is taken.
 * Error: stale-handle. */
esc_result esc_overruns(esc_handle timer, uint16_t *count);

/** As esc_overruns(), and starts the count over (PER-09). Error: stale-handle. */
esc_result esc_take_overruns(esc_handle timer, uint16_t *count);

/** Stores, in its handler, when this expiry was scheduled (CALL-03), also where an interrupt released the
 * timer before the handler's first line; elsewhere the schedule's last deadline that passed, or its
 * start before the first; 0 before any start. Error: stale-handle. */
esc_result esc_scheduled(esc_handle timer, uint32_t *ticks);

/**
 * Runs the soft callbacks that waited at its entry, and the periods that an ESC_BURST timer had
 * missed by then; returns how many ran, at most 32767. What is queued during it is left for the
 * next. A periodic timer is armed again when its callback is taken, by the time at that step; a
 * callback that waits for 2^32 ticks or longer loses its phase. While another thread serves it
 * returns 0. Thread only. A collecting call. Errors: reentrant-service, in-interrupt, hal-closed.
 */
int16_t esc_service(void);

/** Gives released slots back to the pool; returns how many. A slot whose handler is running is kept
 * until the handler has returned. Thread only: in-interrupt. Error: hal-closed. */
esc_result esc_collect(void);

/** Releases every timer, as a soft reset does. Thread only: in-interrupt. A collecting call. Error:
 * hal-closed. */
esc_result esc_deinit_all(void);

/** Stores the registry's counts. */
void esc_stats(struct esc_stats *stats);

/**
 * The overflow interrupt: counts one wrap. With ESC_PORT_AUTO_CLEAR 0 only where the flag is
 * pending, which it then acknowledges: the HAL may have counted it before. With 1 a flag that is
 * pending again is the next wrap's.
 */
void esc_on_overflow(void);

/** The compare interrupt: runs what is due. Each arming made before it is served at most once, and
 * none made during it; one that nests into it returns at once. */
void esc_on_compare(void);

/**
 * Counts a pending wrap by hand. For code that keeps interrupts masked for more than a lap: called
 * at least once each lap, it keeps the time exact (READ-16). Where no wrap is pending it does
 * nothing.
 */
void esc_serve_overflow(void);

/** Both, for a chip with one vector: each only where its flag is pending. */
void esc_on_interrupt(void);

#ifdef __cplusplus
}
#endif

#endif
