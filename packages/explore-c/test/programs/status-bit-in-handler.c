// find RWW ticks @a @b @a
// The handler looks at a status bit of a peripheral whose header is nowhere.
#include "stm32f4xx.h"
static volatile unsigned ticks;
void TIM2_IRQHandler(void) {
  if (TIM2->SR & TIM_SR_UIF) {
    TIM2->SR &= ~TIM_SR_UIF;
    ticks = 0;  // @b
  }
}
int main(void) {
  NVIC_EnableIRQ(TIM2_IRQn);
  ticks++;  // @a
  return 0;
}
