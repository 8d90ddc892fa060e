// find RWW n @a @b @a
// Weak handlers of a start-up file are none.
void Default_Handler(void) { for (;;) {} }
void TIM1_IRQHandler(void) __attribute__((weak, alias("Default_Handler")));
void TIM2_IRQHandler(void) __attribute__((weak, alias("Default_Handler")));
static volatile int n;
void TIM3_IRQHandler(void) {
  n = 0;  // @b
}
int main(void) {
  n++;  // @a
  return 0;
}
