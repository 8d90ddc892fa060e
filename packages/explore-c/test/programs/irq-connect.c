// find RWW pulses @a @b @a
// Connected by a macro of a kernel, with an argument, enabled later.
#include <zephyr/kernel.h>
#include <zephyr/irq.h>
#define PULSE_IRQ 9
static volatile unsigned pulses, early;
static void pulse(const void *arg) { pulses = 0; early = 0; (void)arg; }  // @b
int main(void) {
  IRQ_CONNECT(PULSE_IRQ, 2, pulse, 0, 0);
  early++;
  irq_enable(PULSE_IRQ);
  pulses++;  // @a
  return 0;
}
