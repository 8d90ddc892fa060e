// find RWR level @a @b @c
// The mask comes after the first read.
void enable_isr(int number);
void disable_isr(int number);
volatile int level;
int first, second;
void app_main(void) {
  first = level;  // @a
  disable_isr(1);
  second = level;  // @c
  enable_isr(1);
}
void app_isr_1(void) {
  level = 7;  // @b
}
