/* A heap: the first block that is large enough; neighbours that are free become one when room is looked for. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEAK __attribute__((weak))
#define POOL_BYTES 32768u
#define ALIGNMENT 16u

/* Stands before each block; the next header is behind the block. */
struct block {
    uint32_t bytes;
    uint32_t taken;
    uint32_t unused[2];
};

static union {
    struct block first;
    double alignment;
    char bytes[POOL_BYTES];
} pool __attribute__((aligned(16)));

static struct block *next_of(struct block *block) {
    return (struct block *)(void *)((char *)(block + 1) + block->bytes);
}

static bool is_end(const struct block *block) {
    return (const char *)block >= pool.bytes + POOL_BYTES;
}

/* Gives a block its size, and makes one of what is left. */
static void cut(struct block *block, uint32_t bytes) {
    uint32_t left = block->bytes - bytes;
    if (left < sizeof(struct block) + ALIGNMENT) return;
    block->bytes = bytes;
    next_of(block)->bytes = left - (uint32_t)sizeof(struct block);
    next_of(block)->taken = 0;
}

WEAK void *malloc(size_t size) {
    uint32_t bytes;
    if (size > POOL_BYTES) return NULL;
    bytes = ((uint32_t)size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (pool.first.bytes == 0) pool.first.bytes = POOL_BYTES - (uint32_t)sizeof(struct block);
    for (struct block *block = &pool.first; !is_end(block); block = next_of(block)) {
        if (block->taken) continue;
        while (!is_end(next_of(block)) && !next_of(block)->taken)
            block->bytes += (uint32_t)sizeof(struct block) + next_of(block)->bytes;
        if (block->bytes < bytes) continue;
        cut(block, bytes);
        block->taken = 1;
        return block + 1;
    }
    return NULL;
}

WEAK void free(void *memory) {
    if (memory != NULL) ((struct block *)memory)[-1].taken = 0;
}

WEAK void *calloc(size_t count, size_t size) {
    char *memory;
    if (size != 0 && count > POOL_BYTES / size) return NULL;
    memory = malloc(count * size);
    for (size_t at = 0; memory != NULL && at < count * size; at++) memory[at] = 0;
    return memory;
}

WEAK void *realloc(void *memory, size_t size) {
    char *to = malloc(size);
    const char *from = memory;
    if (to == NULL || from == NULL) return to;
    for (size_t at = 0; at < size && at < ((struct block *)memory)[-1].bytes; at++) to[at] = from[at];
    free(memory);
    return to;
}
