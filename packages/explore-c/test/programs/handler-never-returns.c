// find hang @b
// A handler waits for what nobody sets.
void enable_isr(int number);
void disable_isr(int number);
volatile int fault;
void app_main(void) {
  fault = 0;
}
void app_isr_1(void) {
  if (fault == 0)
    for (;;) {  // @b
    }
}
