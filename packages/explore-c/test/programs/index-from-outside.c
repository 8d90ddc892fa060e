// find RWR slots[5] @a @b @c
// Which item the handler writes comes from outside.
#include <stdlib.h>
void enable_isr(int number);
static int slots[8];
static int first, second;
void app_isr_1(void) { slots[rand() % 8] = 1; }  // @b
int main(void) {
  enable_isr(1);
  first = slots[5];  // @a
  second = slots[5];  // @c
  return 0;
}
