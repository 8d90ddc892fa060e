// find nothing
// An assertion that a mask protects.
void enable_isr(int number);
void disable_isr(int number);
#include <assert.h>
volatile int used, size = 4;
void app_main(void) {
  disable_isr(1);
  if (used < size)
    assert(used < size);
  enable_isr(1);
}
void app_isr_1(void) {
  used = 4;
}
