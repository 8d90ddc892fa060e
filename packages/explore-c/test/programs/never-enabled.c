// find nothing
// The handler is disabled before anything else, and never enabled.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int first, second;
void app_main(void) {
  disable_isr(1);
  first = value;
  second = value;
}
void app_isr_1(void) {
  value = 9;
}
