// find RWR count @a @b @c
// What is printed is read.
#include <stdio.h>
void enable_isr(int number);
static volatile int count;
int main(void) {
  enable_isr(1);
  printf("%d\n", count);  // @a
  printf("%d\n", count);  // @c
  return 0;
}
void tick_isr_1(void) { count = 4; }  // @b
