// find nothing
// Nothing ever sets mode to 5.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int mode = 1;
int first, second;
void app_main(void) {
  first = value;
  second = value;
}
void app_isr_1(void) {
  if (mode == 5) value = 9;
}
