// find nothing
// A loop that waits for the handler reads one variable over and over: that is what it is for.
void enable_isr(int number);
void disable_isr(int number);
volatile int ready;
void app_main(void) {
  while (!ready) {
  }
}
void app_isr_1(void) {
  ready = 1;
}
