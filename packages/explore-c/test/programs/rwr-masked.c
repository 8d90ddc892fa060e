// find nothing
// Both reads are in one masked section.
void enable_isr(int number);
void disable_isr(int number);
volatile int level;
int first, second;
void app_main(void) {
  disable_isr(1);
  first = level;
  second = level;
  enable_isr(1);
}
void app_isr_1(void) {
  level = 7;
}
