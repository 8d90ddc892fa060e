// find RWW count @a @b @a
// Mask functions of its own, one of them forgotten.
static void disable_interrupts(void) {
}
static void enable_interrupts(void) {
}
volatile int count, other;
int main(void) {
  disable_interrupts();
  other++;
  enable_interrupts();
  count++;  // @a
  return 0;
}
void tick_isr(void) {
  count = 0;  // @b
}
