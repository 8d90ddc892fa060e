// find RWW count @a @b @a
// SDCC names the number behind the function.
void enable_isr(int number);
void disable_isr(int number);
volatile int count;
void overflow(void) __interrupt(3) __using(1) {
  count = 0;
}
void received(void) __interrupt(4) {
  count = 1;  // @b
}
int main(void) {
  disable_isr(3);
  count++;  // @a
  enable_isr(3);
  return 0;
}
