// find RWR level @a @b @c
// Two reads with a write in between.
void enable_isr(int number);
void disable_isr(int number);
volatile int level;
int first, second;
void app_main(void) {
  first = level;   // @a
  second = level;  // @c
}
void app_isr_1(void) {
  level = 7;  // @b
}
