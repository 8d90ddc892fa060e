// find RWW count @a @b @a
// A main program that goes round by goto.
void enable_isr(int number);
static volatile int count, other;
void main(void) {
  enable_isr(1);
again:
  if (other) goto again;
  count--;  // @a
  other = 1;
  goto again;
}
void app_isr_1(void) { count = 7; }  // @b
