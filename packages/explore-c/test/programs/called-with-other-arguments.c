// find RWW count @a @b @a
// A call through a declaration without arguments fits whatever the definition takes.
void set();
int get();
volatile int count;
int main(void) {
  set(1, 2);
  get();
  count++;  // @a
  return 0;
}
void set(int value) {
  (void)value;
}
void tick_isr(void) {
  count = 0;  // @b
}
