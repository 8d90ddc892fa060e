/*
 * Bugs that timer systems really had, as compile-time switches: the smallest change of these
 * sources that brings each back. They are what the conformance suite is tried on; src/bugs.ts of
 * this package tells where each happened and which law kills it.
 *
 *   -DESC_BUG=ESC_BUG_PICO_1953
 *
 * Without ESC_BUG there is none, and the code is as if this file did not exist. A name in lower
 * case, with dashes for underscores and without the prefix, is the bug's name everywhere else.
 */
#ifndef ESC_BUGS_H
#define ESC_BUGS_H

/** No bug. */
#define ESC_BUG_NONE 0

/* Reading the time. */
#define ESC_BUG_GANSSLE_HIGH_WORD 1
#define ESC_BUG_GANSSLE_MASK_ONLY 2
#define ESC_BUG_SAMD_ED86FDB 3
#define ESC_BUG_ARDUINO_232 4

/* Flags and the compare register. */
#define ESC_BUG_RIOT_DEA2543 5
#define ESC_BUG_RIOT_18976 6
#define ESC_BUG_PICO_1953 7
#define ESC_BUG_TOCK_D6E46D7 8
#define ESC_BUG_EMBASSY_B857334 9
#define ESC_BUG_EMBASSY_3758 10

/* Arming, and the order of deadlines. */
#define ESC_BUG_RTIC_1_1_0 11
#define ESC_BUG_NUTTX_DE0AEAD 12
#define ESC_BUG_TOCK_D63F977 13
#define ESC_BUG_PICO_1552 14
#define ESC_BUG_PICO_1555 15
#define ESC_BUG_ZEPHYR_TIMER_SCHEDULE 16
#define ESC_BUG_RP2040JS_LIFO 17

/* Dispatch. */
#define ESC_BUG_NUTTX_50F801D 18
#define ESC_BUG_TOCK_536EFFF 19
#define ESC_BUG_FREEBSD_D29093 20
#define ESC_BUG_PICO_POSITIVE_DELAY 21
#define ESC_BUG_MICROPYTHON_SOFT_TIMER 22
#define ESC_BUG_MICROPYTHON_MPIRQ 23

/* The registry. */
#define ESC_BUG_ZEPHYR_18728 24
#define ESC_BUG_ZEPHYR_18733 25
#define ESC_BUG_TOCK_ONE_SHOT_COUNT 26

/* Overload: this HAL's own, as its first sources had them. */
#define ESC_BUG_ESCAPEMENT_PENDING_WRAP 27
#define ESC_BUG_ESCAPEMENT_OVERDUE_FIRST 28

/** The largest of them. */
#define ESC_BUG_LAST 28

#ifndef ESC_BUG
#define ESC_BUG ESC_BUG_NONE
#endif

/** State of a port that takes interrupts, for an exit that does not put back what it found. */
#ifdef __AVR__
#define ESC_BUG_ENABLED_STATE ((esc_port_state)0x80)
#else
#define ESC_BUG_ENABLED_STATE ((esc_port_state)0)
#endif

#if ESC_BUG < ESC_BUG_NONE || ESC_BUG > ESC_BUG_LAST
#error "ESC_BUG is no bug of esc_bugs.h."
#endif

#endif
