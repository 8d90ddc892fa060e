// find RWW total @a @b @a
// The second handler is enabled by the first, and comes after it.
void enable_isr(int number);
void disable_isr(int number);
volatile int total;
void probe_main() {
  disable_isr(-1);
  enable_isr(1);
  total++;  // @a
}
void probe_isr_1() {
  enable_isr(2);
}
void probe_isr_2() {
  total = 0;  // @b
}
