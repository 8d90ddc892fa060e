// find nothing
// The inner section does not open what the outer one closed.
static int depth;
static void enter_critical(void) {
  depth++;
}
static void exit_critical(void) {
  depth--;
}
volatile int count;
static void step(void) {
  enter_critical();
  count++;
  exit_critical();
}
int main(void) {
  enter_critical();
  step();
  count++;
  exit_critical();
  return 0;
}
void tick_isr(void) {
  count = 0;
}
