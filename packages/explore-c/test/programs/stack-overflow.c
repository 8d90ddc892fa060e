// find stack overflow @a
// find RWW depth @r @i @w
// The main program's calls are deeper than the stack, but only after the interrupt.
void enable_isr(int number);
void disable_isr(int number);
volatile int depth;
static int down(int n) {
  char room[256];
  room[n & 255] = (char)n;  // @a
  depth = n;  // @w
  return down(n + 1) + room[n & 255];
}
void app_main(void) {
  if (depth == 9) down(0);  // @r
}
void app_isr_1(void) {
  depth = 9;  // @i
}
