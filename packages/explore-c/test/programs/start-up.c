// find nothing
// What is written before the interrupt is enabled is no half of anything.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int seen;
void app_main(void) {
  value = 1;
  enable_isr(1);
  seen = value;
}
void app_isr_1(void) {
  value = 9;
}
