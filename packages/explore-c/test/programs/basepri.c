// find RWW shared @a @b @a
// A mask by priority, saved and put back.
#include "stm32f4xx.h"
static volatile uint32_t shared, safe;
void TIM2_IRQHandler(void) {
  shared++;  // @b
  safe++;
}
int main(void) {
  uint32_t old = __get_BASEPRI();
  __set_BASEPRI(0x40);
  safe++;
  __set_BASEPRI(old);
  shared++;  // @a
  return 0;
}
