// find RWW count @a @b @a
// A pointer that a call hands on.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
static void add(volatile int *to) {
  *to = *to + 1;  // @a
}
void app_main(void) {
  add(&count);
}
void app_isr_1(void) {
  count = 0;  // @b
}
