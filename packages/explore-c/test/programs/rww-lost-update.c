// find RWW count @a @b @a
// An update that is lost.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
void app_main(void) {
  count++;  // @a
}
void app_isr_1(void) {
  count = 0;  // @b
}
