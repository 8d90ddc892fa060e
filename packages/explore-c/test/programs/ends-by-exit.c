// find RWR value @a @b @c
// The main program ends in the middle.
void enable_isr(int number);
void disable_isr(int number);
void exit(int code);
volatile int value;
int first, second;
void app_main(void) {
  first = value;   // @a
  second = value;  // @c
  exit(0);
}
void app_isr_1(void) {
  value = 9;  // @b
}
