// find RWW received @a @b @a
// The status register of a header that is nowhere: who waits for it goes on.
#include "stm32f1xx.h"
static volatile unsigned received;
void USART1_IRQHandler(void) {
  received = 0;  // @b
}
int main(void) {
  RCC->CR |= RCC_CR_HSEON;
  while ((RCC->CR & RCC_CR_HSERDY) == 0) {}
  received++;  // @a
  return 0;
}
