// find nothing
// A pointer to another variable.
void enable_isr(int number);
void disable_isr(int number);
volatile int value, other;
volatile int *view = &other;
int first, second;
void app_main(void) {
  first = value;
  second = value;
}
void app_isr_1(void) {
  *view = 9;
}
