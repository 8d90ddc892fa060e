// find nothing
// The pin is never 2.
// options: --input read_pin=0,1
void enable_isr(int number);
void disable_isr(int number);
int read_pin(void);
volatile int value;
int first, second;
void app_main(void) {
  first = value;
  if (read_pin() == 2) second = value;
}
void app_isr_1(void) {
  value = 9;
}
