// find RWW count @a @b @a
// The status register of an AVR, saved and put back.
#include <avr/interrupt.h>
#include <avr/io.h>
volatile unsigned char count, other;
int main(void) {
  sei();
  unsigned char state = SREG;
  cli();
  other++;
  SREG = state;
  count++;  // @a
  return 0;
}
ISR(TIMER0_OVF_vect) {
  other = 0;
  count = 0;  // @b
}
