/*
 * The port for two threads and an interrupt that is a thread of its own, each on a core of its own:
 * POSIX threads, one lock, and a simulated chip whose time moves with each access and whenever the
 * interrupt thread has nothing to do.
 *
 * With ESC_PTHREAD_NAIVE 1 save_and_mask masks the calling core only, as it would on one core; that
 * is not enough here, and a test shows it.
 */
#ifndef ESC_PORT_PTHREAD_H
#define ESC_PORT_PTHREAD_H

#include <stdbool.h>
#include <stdint.h>

#ifndef ESC_PTHREAD_NAIVE
#define ESC_PTHREAD_NAIVE 0
#endif

#define ESC_PORT_COUNTER_BITS 24
#define ESC_PORT_FREQUENCY_HZ UINT32_C(1000000)
#define ESC_PORT_MIN_DELTA_TICKS 8
#define ESC_PORT_AUTO_CLEAR 0
#define ESC_PORT_THREADS 1

typedef uint32_t esc_port_count;
/** Whether the core was masked, which is when it holds the lock. */
typedef bool esc_port_state;
typedef uint8_t esc_port_thread;

/** The simulated chip. Read and changed under the lock. */
struct esc_pthread_chip {
    uint32_t time;
    uint32_t compare;
    bool overflow_flag;
    bool compare_flag;
    bool compare_enabled;
};

extern struct esc_pthread_chip esc_pthread_chip;

/** What the calling thread is: its number, and whether it is the interrupt. */
extern __thread esc_port_thread esc_pthread_self;
extern __thread bool esc_pthread_in_interrupt;

/** Lets time pass; the caller holds the lock. */
void esc_pthread_pass(uint32_t ticks);

/** Takes the lock, for a caller that does not hold it. */
void esc_pthread_lock(void);

/** Gives the lock back. */
void esc_pthread_unlock(void);

/** Lets other threads run. */
void esc_port_relax(void);

/** Masks the calling core; false where it was masked. */
bool esc_pthread_mask(void);

/** Unmasks the calling core. */
void esc_pthread_unmask(void);

static inline esc_port_count esc_port_read_counter(void)
{
    esc_pthread_pass(1);
    return esc_pthread_chip.time & (UINT32_MAX >> (32 - ESC_PORT_COUNTER_BITS));
}

static inline bool esc_port_overflow_pending(void)
{
    return esc_pthread_chip.overflow_flag;
}

static inline void esc_port_acknowledge_overflow(void)
{
    esc_pthread_chip.overflow_flag = false;
}

static inline void esc_port_set_compare(esc_port_count ticks)
{
    esc_pthread_chip.compare = ticks;
}

static inline void esc_port_enable_compare(bool on)
{
    esc_pthread_chip.compare_enabled = on;
}

static inline bool esc_port_compare_pending(void)
{
    return esc_pthread_chip.compare_flag;
}

static inline void esc_port_acknowledge_compare(void)
{
    esc_pthread_chip.compare_flag = false;
}

/** Masks first, then locks: in the other order an interrupt between the two would wait for the lock
 * that its own core holds. */
static inline esc_port_state esc_port_save_and_mask(void)
{
    if (!esc_pthread_mask()) {
        return true;
    }
    esc_pthread_lock();
    return false;
}

static inline void esc_port_restore(esc_port_state state)
{
    if (!state) {
        esc_pthread_unlock();
        esc_pthread_unmask();
    }
}

static inline bool esc_port_in_interrupt(void)
{
    return esc_pthread_in_interrupt;
}

static inline esc_port_thread esc_port_thread_id(void)
{
    return esc_pthread_self;
}

#endif
