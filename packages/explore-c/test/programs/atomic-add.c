// find nothing
// C11 atomics are one access.
#include <stdatomic.h>
void enable_isr(int number);
atomic_int count;
void app_main(void) {
  enable_isr(1);
  atomic_fetch_add(&count, 1);
}
void app_isr_1(void) { atomic_fetch_add(&count, 1); }
