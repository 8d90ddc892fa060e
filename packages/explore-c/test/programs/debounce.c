// find RWW presses @a @b @a
// The press counts at the third equal sample.
int pin_read(void);
static unsigned char same; static int last = -1;
static volatile int presses;
void TIM6_DAC_IRQHandler(void) {
  int now = pin_read();
  if (now == last) { if (same < 5) same++; } else { same = 0; last = now; }
  if (same == 3) presses = presses + 1;  // @b
}
int main(void) {
  presses--;  // @a
  return 0;
}
