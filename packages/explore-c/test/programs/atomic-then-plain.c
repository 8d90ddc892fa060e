// find RWR count @a @b @c
// Each access is atomic, the two together are not.
#include <stdatomic.h>
void enable_isr(int number);
atomic_int count; int got;
void app_main(void) {
  enable_isr(1);
  if (atomic_load(&count) > 0)  // @a
    got = atomic_fetch_sub(&count, 1);  // @c
}
void app_isr_1(void) { atomic_fetch_add(&count, 1); }  // @b
