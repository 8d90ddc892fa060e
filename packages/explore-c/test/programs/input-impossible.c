// find nothing
// Two bits are never 9.
void enable_isr(int number);
void disable_isr(int number);
int rand(void);
volatile int value;
int first, second;
void app_main(void) {
  first = value;
  if ((rand() & 3) == 9) second = value;
}
void app_isr_1(void) {
  value = 9;
}
