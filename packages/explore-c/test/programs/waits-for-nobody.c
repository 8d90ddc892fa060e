// find hang @a
// No handler sets what it waits for.
void enable_isr(int number);
void disable_isr(int number);
volatile int ready, other;
void app_main(void) {
  while (!ready) {
    other = 0;  // @a
  }
}
void app_isr_1(void) {
  other = 1;
}
