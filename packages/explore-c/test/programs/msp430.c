// find RWW ticks @a @b @a
// Pragma, keyword and status register of an MSP430.
#include <msp430.h>
volatile unsigned ticks, safe;
#pragma vector=TIMER0_A0_VECTOR
__interrupt void Timer_A(void) {
  ticks = 0;  // @b
  safe = 0;
  P1OUT ^= BIT0;
}
int main(void) {
  WDTCTL = WDTPW + WDTHOLD;
  __bis_SR_register(GIE);
  ticks++;  // @a
  __bic_SR_register(GIE);
  safe++;
  __bis_SR_register(GIE);
  return 0;
}
