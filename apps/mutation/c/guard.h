/* Which mutant is active, and the limit of what runs between two bytes. */
#ifndef GUARD_H
#define GUARD_H

/** Blocks that may run between two bytes; the longest run of a sound HAL takes a small part. */
#ifndef GUARD_BLOCKS
#define GUARD_BLOCKS 400000000ULL
#endif

/** How the process ends where more did. */
#define GUARD_EXIT 97

/** Number of the active mutant, from the environment; 0 for none. */
extern int esc_active_mutant;

/** A byte came in: the count begins again. */
void guard_rewind(void);

#endif
