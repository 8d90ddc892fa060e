// find RWW items[9999] @a @b @a
// find WWR items[9999] @c @b @a
// Of ten thousand items the handler touches one, the last.
#define SIZE 10000
void init();
volatile int items[SIZE];
void probe_main() {
  int i;
  init();
  for (i = 0; i < SIZE; i++) items[i] = 0;  // @c
  items[SIZE - 1]++;  // @a
}
void probe_isr_1() {
  items[SIZE - 1] = 5;  // @b
}
