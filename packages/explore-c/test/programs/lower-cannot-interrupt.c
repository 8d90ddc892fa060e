// find nothing
// The reader has the higher priority.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int first, second;
void app_main(void) {
  enable_isr(-1);
}
void app_isr_1(void) {
  value = 9;
}
void app_isr_2(void) {
  first = value;
  second = value;
}
