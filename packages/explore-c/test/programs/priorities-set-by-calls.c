// find RWW level @a @b @a
// The lower number is the more urgent: TIM3 interrupts TIM2, and not the other way round.
enum { TIM2_IRQn = 28, TIM3_IRQn = 29 };
void NVIC_SetPriority(int number, unsigned priority);
static volatile int level, other;
int main(void) {
  NVIC_SetPriority(TIM2_IRQn, 5);
  NVIC_SetPriority(TIM3_IRQn, 1);
  return 0;
}
void TIM2_IRQHandler(void) {
  level++;  // @a
  other = 1;
}
void TIM3_IRQHandler(void) {
  level = 0;  // @b
  other++;
}
