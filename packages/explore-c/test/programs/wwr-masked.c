// find nothing
// A write and its read, under a mask.
void enable_isr(int number);
void disable_isr(int number);
volatile int mode;
int seen;
void app_main(void) {
  disable_isr(-1);
  mode = 1;
  seen = mode;
  enable_isr(-1);
}
void app_isr_1(void) {
  mode = 2;
}
