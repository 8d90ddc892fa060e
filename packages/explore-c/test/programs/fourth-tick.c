// find RWR seconds @a @b @c
// Only each fourth tick writes.
static unsigned ticks;
volatile unsigned seconds;
unsigned first, second;
void SysTick_Handler(void) {
  if (++ticks == 4) { ticks = 0; seconds++; }  // @b
}
int main(void) {
  first = seconds;  // @a
  second = seconds;  // @c
  return 0;
}
