// find RWR value @a @b @c
// The flag that lets the handler write is set too early.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int ready;
int first, second;
void app_main(void) {
  first = value;  // @a
  ready = 1;
  second = value;  // @c
}
void app_isr_1(void) {
  if (ready)
    value = 9;  // @b
}
