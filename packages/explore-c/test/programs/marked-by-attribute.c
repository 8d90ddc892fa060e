// find RWW count @a @b @a
// Attributes of a compiler mark handlers.
volatile int count;
void __attribute__((interrupt("IRQ"))) overflow(void) {
  count = 0;  // @b
}
int main(void) {
  count++;  // @a
  return 0;
}
