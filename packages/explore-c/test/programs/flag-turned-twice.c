// find WRW state @a @b @c
// Between the two writes the handler sees a state that was never meant.
void init();
volatile int state;
int seen;
void probe_main() {
  init();
  state = 1;  // @a
  state = 2;  // @c
}
void probe_isr_1() {
  seen = state;  // @b
}
