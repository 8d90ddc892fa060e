// find RWW count @a @b @a
// It is the other interrupt that is masked.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
volatile int other;
void app_main(void) {
  disable_isr(2);
  count++;  // @a
  enable_isr(2);
}
void app_isr_1(void) {
  count = 0;  // @b
}
void app_isr_2(void) {
  other = 1;
}
