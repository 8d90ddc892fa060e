// find RWW n @a @b @a
// find RWW n @a @a @a
// The first handler lets others in.
#include <avr/interrupt.h>
volatile unsigned char n;
ISR(TIMER0_OVF_vect) {
  sei();
  n++;  // @a
}
ISR(INT0_vect) {
  n = 0;  // @b
}
int main(void) { sei(); return 0; }
