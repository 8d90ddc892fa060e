// find nothing
// The program defines its masks itself: a flag instead of the processor's.
static int enabled = 1;
static void disable_interrupts(void) {
  enabled = 0;
}
static void enable_interrupts(void) {
  enabled = 1;
}
volatile int count;
int main(void) {
  disable_interrupts();
  count++;
  enable_interrupts();
  return 0;
}
void tick_isr(void) {
  count = 0;
}
