// find hang @a
// A loop that touches nothing shared.
void enable_isr(int number);
void disable_isr(int number);
volatile int stop;
void app_main(void) {
  int left = 10;
  if (stop)
    while (left > 0) {  // @a
      left = left == 5 ? 9 : left - 1;
    }
}
void app_isr_1(void) {
  stop = 1;
}
