// find hang @a
// It waits for a handler that it has masked.
void enable_isr(int number);
void disable_isr(int number);
volatile int ready;
void app_main(void) {
  disable_isr(1);
  while (!ready) {  // @a
  }
  enable_isr(1);
}
void app_isr_1(void) {
  ready = 1;
}
