// find RWW value @a @b @a
// The access is made ten thousand times.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
void app_main(void) {
  for (int i = 0; i < 10000; i++) {
    value += i;  // @a
  }
}
void app_isr_1(void) {
  value = 9;  // @b
}
