// find nothing
// A vector that is set while the interrupt is masked by its number.
#include <stdint.h>
typedef enum { UART0_IRQn = 5, TIMER1_IRQn = 9 } IRQn_Type;
void NVIC_SetVector(IRQn_Type number, uint32_t vector);
void NVIC_EnableIRQ(IRQn_Type number);
void NVIC_DisableIRQ(IRQn_Type number);
static volatile int count;
static void timer_fired(void) {
  count = 0;
}
int main(void) {
  NVIC_SetVector(TIMER1_IRQn, (uint32_t)&timer_fired);
  NVIC_EnableIRQ(TIMER1_IRQn);
  NVIC_DisableIRQ(TIMER1_IRQn);
  count++;
  NVIC_EnableIRQ(TIMER1_IRQn);
  return 0;
}
