// find RWW ticks @a @b @a
// A directive marks the function behind it.
#include <16F877A.h>
#fuses HS, NOWDT
#use delay(clock=20000000)
static unsigned int ticks;
#int_timer1
void tick(void) {
  ticks = 0;  // @b
}
void main(void) {
  enable_interrupts(GLOBAL);
  ticks++;  // @a
}
