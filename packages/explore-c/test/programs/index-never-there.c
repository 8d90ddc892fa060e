// find nothing
// The index is always even.
#include <stdlib.h>
void enable_isr(int number);
static int slots[8];
static int first, second;
void app_isr_1(void) { slots[(rand() & 3) * 2] = 1; }
int main(void) {
  enable_isr(1);
  first = slots[5];
  second = slots[5];
  return 0;
}
