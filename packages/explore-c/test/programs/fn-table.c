// find RWW hits @a @b @a
// A table of functions with constant entries.
static volatile int hits;
static void none(void) {}
static void hit(void) {
  hits = 7;  // @b
}
static void (*const actions[4])(void) = {none, none, hit, none};
static unsigned step = 1;
void EXTI0_IRQHandler(void) { actions[++step & 3](); }
int main(void) {
  hits++;  // @a
  return 0;
}
