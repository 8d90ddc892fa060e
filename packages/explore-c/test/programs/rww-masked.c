// find nothing
// An update under a mask.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
void app_main(void) {
  disable_isr(1);
  count++;
  enable_isr(1);
}
void app_isr_1(void) {
  count = 0;
}
