// find RWW count @a @b @a
// TIM2_IRQn is the number of TIM2_IRQHandler, and of no other.
#define TIM2_IRQn 28
#define USART1_IRQn 37
void NVIC_EnableIRQ(int number);
void NVIC_DisableIRQ(int number);
static volatile int count;
int main(void) {
  NVIC_DisableIRQ(TIM2_IRQn);
  count++;  // @a
  NVIC_EnableIRQ(TIM2_IRQn);
  return 0;
}
void TIM2_IRQHandler(void) {
  count = 0;
}
void USART1_IRQHandler(void) {
  count = 1;  // @b
}
