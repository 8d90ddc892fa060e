// find RWR value @a @b @c
// find RWR value @z @b @a
// The first handler enables the second.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int go;
int first, second;
void app_main(void) {
  first = value;  // @z
  go = 1;
  first = value;   // @a
  second = value;  // @c
}
void app_isr_1(void) {
  if (go) enable_isr(2);
}
void app_isr_2(void) {
  value = 9;  // @b
}
