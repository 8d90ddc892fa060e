/* What the threads do: steps on the timers that one of them owns and on one that all have, and the
 * checks that every result fits what the handlers did. */
#ifndef STEPS_H
#define STEPS_H

#include <stdbool.h>
#include <stdint.h>

#define THREADS 2
/** Timers that a thread owns at most: with those in flight the capacity always suffices. */
#define OWNED 3

/** Violations so far. */
extern unsigned violations;
/** Handlers that ran, and stops that found one in flight: a run without them shows nothing. */
extern unsigned handlers;
extern unsigned met_in_flight;

/** Prints what does not hold, for the first few, and counts it. */
void check(bool holds, const char *what, long value);

/** A pseudo-random number below `below`. */
uint32_t draw(uint32_t *state, uint32_t below);

/** Makes the timer that all threads start and stop. Before the threads. */
void make_common(void);

/** One step of the calling thread. */
void step(uint32_t *state);

#endif
