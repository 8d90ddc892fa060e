// find RWR value @a @b @c
// The access is in the last of ten thousand rounds.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int first, second;
void app_main(void) {
  for (int i = 0; i < 10000; i++) {
    if (i == 9998) first = value;   // @a
    if (i == 9999) second = value;  // @c
  }
}
void app_isr_1(void) {
  value = 9;  // @b
}
