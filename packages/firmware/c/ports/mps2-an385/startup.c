/* From reset to main() on a Cortex-M3: vectors, data, and what the compiler calls without being asked.
 * No C library is linked. */
#include <stddef.h>
#include <stdint.h>

#include "esc_board_mps2_an385.h"
#include "mps2_an385.h"

/* Made by the linker script. */
extern uint32_t esc_stack_top[];
extern const uint32_t esc_data_load[];
extern uint32_t esc_data_start[];
extern uint32_t esc_data_end[];
extern uint32_t esc_bss_start[];
extern uint32_t esc_bss_end[];

int main(void);
void mps2_reset(void);
void *memcpy(void *to, const void *from, size_t count);
void *memset(void *to, int value, size_t count);

void *memcpy(void *to, const void *from, size_t count)
{
    uint8_t *out = to;
    const uint8_t *in = from;
    while (count-- != 0) {
        *out++ = *in++;
    }
    return to;
}

void *memset(void *to, int value, size_t count)
{
    uint8_t *out = to;
    while (count-- != 0) {
        *out++ = (uint8_t)value;
    }
    return to;
}

void mps2_reset(void)
{
    (void)memcpy(esc_data_start, esc_data_load,
                 (size_t)((uintptr_t)esc_data_end - (uintptr_t)esc_data_start));
    (void)memset(esc_bss_start, 0, (size_t)((uintptr_t)esc_bss_end - (uintptr_t)esc_bss_start));
    (void)main();
    for (;;) {
    }
}

/** A fault: the board replies no more, and the host says so. */
static void stop(void)
{
    for (;;) {
    }
}

#define EXCEPTIONS 16u

struct vectors {
    uint32_t *stack;
    void (*handlers[EXCEPTIONS - 1u + 32u])(void);
};

/* A handler's place is its exception number; the stack has that of number 0. */
__attribute__((section(".vectors"), used)) const struct vectors mps2_vectors = {
    esc_stack_top,
    {
        [0] = mps2_reset,
        [1] = stop,
        [2] = stop,
        [3] = stop,
        [4] = stop,
        [5] = stop,
        [EXCEPTIONS - 1u + MPS2_SECOND_IRQ] = mps2_second_handler,
        [EXCEPTIONS - 1u + MPS2_DUAL_IRQ] = mps2_dual_handler,
    },
};
