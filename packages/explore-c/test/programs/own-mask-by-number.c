// find RWW count @a @b @a
// The program's own functions mask one handler of two.
static unsigned mask;
void disable_isr(int number) {
  mask |= 1u << number;
}
void enable_isr(int number) {
  mask &= ~(1u << number);
}
volatile int count;
void app_main(void) {
  disable_isr(1);
  count++;  // @a
  enable_isr(1);
}
void app_isr_1(void) {
  count = 0;
}
void app_isr_2(void) {
  count = 2;  // @b
}
