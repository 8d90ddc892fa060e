// find RWW count @a @b @a
// A main program that takes arguments.
volatile int count;
int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) {
    count = 9;
  }
  count++;  // @a
  return 0;
}
void tick_isr(void) {
  count = 0;  // @b
}
