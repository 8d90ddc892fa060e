// find RWW count @a @b @a
// The vendor's header is nowhere: its numbers of interrupts are made up, its functions assumed.
#include "stm32f4xx.h"
#include <vendor/board.h>
static volatile int count, other;
int main(void) {
  board_init();
  NVIC_EnableIRQ(TIM2_IRQn);
  NVIC_DisableIRQ(TIM2_IRQn);
  other++;
  NVIC_EnableIRQ(TIM2_IRQn);
  count++;  // @a
  return 0;
}
void TIM2_IRQHandler(void) {
  other = 0;
  count = 0;  // @b
}
