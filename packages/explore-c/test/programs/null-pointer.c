// find wild access @b
// A pointer is null when the interrupt comes early.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
volatile int *target;
void app_main(void) {
  target = &count;
}
void app_isr_1(void) {
  *target = 1;  // @b
}
