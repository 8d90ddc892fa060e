// find nothing
// A value in two steps, under a mask.
void enable_isr(int number);
void disable_isr(int number);
volatile int total;
int shown;
void app_main(void) {
  disable_isr(-1);
  total = 0;
  total = 42;
  enable_isr(-1);
}
void app_isr_1(void) {
  shown = total;
}
