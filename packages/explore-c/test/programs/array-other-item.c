// find nothing
// Another item of the array is no race.
void enable_isr(int number);
void disable_isr(int number);
volatile int items[8];
int first, second;
void app_main(void) {
  int at = 3;
  first = items[at];
  second = items[at];
}
void app_isr_1(void) {
  items[4] = 9;
}
