// find RWW late @c @d @c
// After the block interrupts are on.
#include <avr/interrupt.h>
#include <util/atomic.h>
volatile unsigned char inside, late;
ISR(TIMER1_COMPA_vect) {
  inside++;
  late++;  // @d
}
int main(void) {
  sei();
  ATOMIC_BLOCK(ATOMIC_FORCEON) { inside++; }
  late++;  // @c
  return 0;
}
