// find RWW open @a @b @a
// find WWR closed @c @d @e
// A block that opens the mask in an atomic one.
#include <avr/interrupt.h>
#include <util/atomic.h>
volatile unsigned char open, closed;
ISR(TIMER1_COMPA_vect) {
  open++;  // @b
  closed++;  // @d
}
int main(void) {
  sei();
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    closed++;  // @c
    NONATOMIC_BLOCK(NONATOMIC_RESTORESTATE) {
      open++;  // @a
    }
    closed++;  // @e
  }
  return 0;
}
