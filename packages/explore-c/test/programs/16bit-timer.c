// options: --word 1
// find RWR millis16 @a @b @c
// find RWR millis16 @a @b @a
// The overflow comes between the two halves of a time.
#include <avr/interrupt.h>
volatile unsigned short millis16; unsigned short now, copy;
ISR(TIMER2_COMPA_vect) {
  millis16++;  // @b
}
int main(void) {
  sei();
  now = millis16;  // @a
  unsigned char s = SREG; cli();
  copy = millis16;  // @c
  SREG = s;
  return 0;
}
