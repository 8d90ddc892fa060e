// find RWW count @a @b @a
// A word of a compiler for one processor marks the handler, whatever its name.
volatile int count;
__interrupt void overflow(void) {
  count = 0;  // @b
}
int main(void) {
  count++;  // @a
  return 0;
}
