// find RWW ticks @a @b @a
// find RWW bytes @c @d @c
// Macros of vendors whose headers are nowhere.
#include "vendor.h"
static volatile unsigned ticks, bytes;
CY_ISR(Tick) { ticks = 0; }  // @b
INTERRUPT_HANDLER(UART1_RX_IRQHandler, 18) { bytes = 0; }  // @d
CY_ISR(Unused)
{
}
int main(void) {
  ticks++;  // @a
  bytes++;  // @c
  return 0;
}
