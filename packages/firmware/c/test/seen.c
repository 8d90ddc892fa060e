#include "seen.h"

struct seen seen_a;
struct seen seen_b;

void seen_expiry(esc_handle timer, void *user)
{
    struct seen *seen = user;
    if (seen->count < 64) {
        seen->at[seen->count] = esc_now_wide();
        (void)esc_scheduled(timer, &seen->scheduled[seen->count]);
    }
    seen->count++;
    seen->level = esc_host.level;
    if (seen->act != NULL) {
        seen->act(timer, seen);
    }
}

esc_handle seen_timer(struct seen *seen, uint32_t period, uint8_t flags)
{
    const struct esc_config config = { period, seen_expiry, seen, flags };
    esc_handle timer = ESC_NO_TIMER;
    CHECK_EQUAL(esc_timer_init(&timer, &config), ESC_OK);
    return timer;
}

void seen_fresh(void)
{
    seen_a = (struct seen){ 0 };
    seen_b = (struct seen){ 0 };
    esc_host_reset(1);
    esc_init();
}
