// find RWW b @e @f @e
// The early return leaves the mask closed: nothing comes after it.
#include <util/atomic.h>
#include <avr/interrupt.h>
volatile int a, b; static int stop;
static void work(void) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    a++;
    if (stop == 0) return;
    a++;
  }
}
ISR(USART_RX_vect) { a++; b = 1; }  // @f
int main(void) {
  sei();
  work();
  b++;  // @e
  return 0;
}
