/* Linkage and inlining of what the files offer each other. */
#ifndef ESC_UNIT_H
#define ESC_UNIT_H

/** Linkage of what one file offers another: none, where all are one translation unit. */
#ifdef ESC_ONE_UNIT
#define ESC_INTERNAL static
#else
#define ESC_INTERNAL
#endif

#if defined(__GNUC__)
/** Inlined even where size is preferred: a call costs as much as the function. */
#define ESC_INLINE inline __attribute__((always_inline))
/** Kept out of line: so that it can be measured, or so that its frame leaves the stack early. */
#define ESC_NOINLINE __attribute__((noinline))
#else
#define ESC_INLINE inline
#define ESC_NOINLINE
#endif

/**
 * Holds where the HAL believes a state to be impossible. Off, and then no code at all; a build
 * switches it on with a macro of one argument: -include assert.h -DESC_ASSERT=assert.
 */
#ifndef ESC_ASSERT
#define ESC_ASSERT(condition) ((void)0)
#endif

#endif
