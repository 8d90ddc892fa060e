// find RWW events @a @b @a
// A main loop that nothing leaves is no hang.
void enable_isr(int number);
void disable_isr(int number);
volatile int events;
void app_main(void) {
  while (1) {
    events--;  // @a
  }
}
void app_isr_1(void) {
  events = 3;  // @b
}
