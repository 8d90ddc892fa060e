// find nothing
// Handlers of one priority do not interrupt each other.
// options: --isr one=1:1 --isr other=2:1
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int first, second;
void app_main(void) {
}
void one(void) {
  value = 9;
}
void other(void) {
  first = value;
  second = value;
}
