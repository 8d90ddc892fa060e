// find RWR value @a @b @c
// The second handler sets the mode that the first one waits for.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int mode = 1;
int first, second;
void app_main(void) {
  first = value;   // @a
  second = value;  // @c
}
void app_isr_1(void) {
  if (mode == 5)
    value = 9;  // @b
}
void app_isr_2(void) {
  mode = 5;
}
