// find nothing
// A million rounds, then a mask.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int sum;
void app_main(void) {
  for (int i = 0; i < 1000000; i++) {
    sum += i;
    if (i == 999999) {
      disable_isr(1);
      value += sum;
      enable_isr(1);
    }
  }
}
void app_isr_1(void) {
  value = 9;
}
