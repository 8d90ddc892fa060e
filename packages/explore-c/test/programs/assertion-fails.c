// find assertion @a
// find RWR used @r @b @a
// An assertion between two accesses of one variable.
void enable_isr(int number);
void disable_isr(int number);
#include <assert.h>
volatile int used, size = 4;
void app_main(void) {
  if (used < size)  // @r
    assert(used < size);  // @a
}
void app_isr_1(void) {
  used = 4;  // @b
}
