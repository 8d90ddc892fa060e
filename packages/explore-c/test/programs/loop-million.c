// find RWW value @a @b @a
// The access is in the last of a million rounds.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int sum;
void app_main(void) {
  for (int i = 0; i < 1000000; i++) {
    sum += i;
    if (i == 999999) value += sum;  // @a
  }
}
void app_isr_1(void) {
  value = 9;  // @b
}
