// find nothing
// The handler writes only when the main program has done with both reads.
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
volatile int ready;
int first, second;
void app_main(void) {
  first = value;
  second = value;
  ready = 1;
}
void app_isr_1(void) {
  if (ready) value = 9;
}
