/* The simulated chip of the host port. */
#include "esc_hal.h"
#include "esc_port.h"

struct esc_host esc_host;

#define MASK (UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS))

void esc_host_reset(uint8_t access_ticks)
{
    esc_host = (struct esc_host){ .access_ticks = access_ticks };
}

/** Calls an interrupt handler: masked at entry, like the chip does; level 1 may be interrupted by
 * level 2. */
static void call(void (*handler)(void), bool masked)
{
    bool was_masked = esc_host.masked;
    esc_host.level++;
    esc_host.masked = masked;
    handler();
    esc_host.masked = was_masked;
    esc_host.level--;
}

static bool overflow_waits(void)
{
    return (esc_host.overflow_flag || esc_host.overflow_latched) && !esc_host.overflow_never_comes;
}

static bool compare_waits(void)
{
    return esc_host.compare_flag && esc_host.compare_enabled;
}

static void serve_overflow(void)
{
    esc_host.overflow_latched = false;
#if ESC_PORT_AUTO_CLEAR
    esc_host.overflow_flag = false;
#endif
    call(esc_on_overflow, true);
}

/* The timer's handlers run unmasked here, so that the second interrupt can nest. */
static void serve_compare(void)
{
#if ESC_PORT_AUTO_CLEAR
    esc_host.compare_flag = false;
#endif
    call(esc_on_compare, false);
}

static void serve_once(void)
{
    if (!esc_host.masked && esc_host.second_wanted && esc_host.time >= esc_host.second_at &&
        esc_host.level < 2) {
        esc_host.second_wanted = false;
        call(esc_host.second, true);
    }
    if (esc_host.masked || esc_host.level != 0) {
        return;
    }
    if (esc_host.one_vector) {
        if (overflow_waits() || compare_waits()) {
            esc_host.overflow_latched = false;
            call(esc_on_interrupt, false);
        }
        return;
    }
    if (overflow_waits() && !(compare_waits() && esc_host.compare_first)) {
        serve_overflow();
    }
    if (compare_waits()) {
        serve_compare();
    }
}

/** Whether an interrupt of the timer could be taken now. */
static bool waits(void)
{
    return !esc_host.masked && esc_host.level == 0 &&
           (overflow_waits() || compare_waits());
}

/* Each source once: many a chip runs an instruction of the thread before it takes the next
 * interrupt, so that a timer that is always due does not starve the thread. One that tail-chains does
 * not. */
void esc_host_serve(void)
{
    do {
        serve_once();
    } while (esc_host.tail_chains && waits());
}

/** Moves time forward and latches what the counter passes: at most one flag each. */
static void advance(uint64_t to)
{
    uint64_t lap = (uint64_t)MASK + 1;
    uint64_t match = (esc_host.time & ~(uint64_t)MASK) | esc_host.compare;
    if (match <= esc_host.time) {
        match += lap;
    }
    if (match <= to) {
        esc_host.compare_flag = true;
    }
    if ((esc_host.time ^ to) & ~(uint64_t)MASK) {
        esc_host.overflow_flag = true;
        esc_host.overflow_latched = esc_host.latches;
    }
    esc_host.time = to;
}

/** The next time at which something could happen, at most `end`. */
static uint64_t next_event(uint64_t end)
{
    if (waits()) {
        return esc_host.time + 1;
    }
    uint64_t wrap = (esc_host.time | MASK) + 1;
    uint64_t match = (esc_host.time & ~(uint64_t)MASK) | esc_host.compare;
    if (match <= esc_host.time) {
        match += (uint64_t)MASK + 1;
    }
    if (wrap < end) {
        end = wrap;
    }
    if (match < end) {
        end = match;
    }
    if (esc_host.second_wanted && esc_host.second_at > esc_host.time && esc_host.second_at < end) {
        end = esc_host.second_at;
    }
    return end;
}

void esc_host_pass(uint32_t ticks)
{
    uint64_t end = esc_host.time + ticks;
    while (esc_host.time < end) {
        advance(next_event(end));
        esc_host_serve();
    }
}

void esc_host_access(void)
{
    esc_host.accesses++;
    esc_host_pass(esc_host.access_ticks);
}
