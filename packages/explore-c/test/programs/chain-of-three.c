// find RWR value @a @b @c
// The first lets the second in, the second the third.
void enable_isr(int number);
void disable_isr(int number);
static volatile int value;
static int first, second;
int main(void) {
  disable_isr(2);
  disable_isr(3);
  first = value;  // @a
  second = value;  // @c
  return 0;
}
void app_isr_1(void) { enable_isr(2); }
void app_isr_2(void) { enable_isr(3); }
void app_isr_3(void) { value = 5; }  // @b
