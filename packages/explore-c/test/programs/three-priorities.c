// find RWR value @a @b @c
// The third interrupts the second, which interrupts the first.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int stage;
int first, second;
void app_main(void) {
  stage = 0;
}
void app_isr_1(void) {
  first = value;   // @a
  second = value;  // @c
}
void app_isr_2(void) {
  if (stage == 3) {
    value = 9;  // @b
  }
}
void app_isr_3(void) {
  stage = 3;
}
