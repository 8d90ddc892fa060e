// find RWR items[3] @a @b @c
// An item that both sides name by its index.
void enable_isr(int number);
void disable_isr(int number);
volatile int items[8];
int first, second;
void app_main(void) {
  int at = 3;
  first = items[at];   // @a
  second = items[at];  // @c
}
void app_isr_1(void) {
  int at = 1 + 2;
  items[at] = 9;  // @b
}
