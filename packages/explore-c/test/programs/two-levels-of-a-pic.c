// find RWR level @a @b @c
// The one of high priority interrupts the one of low priority.
#include <xc.h>
static volatile unsigned char level;
static unsigned char before, after;
void __interrupt(high_priority) fast(void) { level = 1; }  // @b
void __interrupt(low_priority) slow(void) {
  before = level;  // @a
  after = level;  // @c
}
void main(void) {
  GIEH = 1;
  while (1) {}
}
