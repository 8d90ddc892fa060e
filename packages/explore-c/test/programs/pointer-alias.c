// find RWR value @a @b @c
// Two pointers to one variable.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int *const view = &value;
int first, second;
void app_main(void) {
  first = *view;  // @a
  second = value; // @c
}
void app_isr_1(void) {
  value = 9;  // @b
}
