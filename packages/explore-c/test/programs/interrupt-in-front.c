// find RWW ticks @a @b @a
// find RWW bytes @c @d @c
// Words of old compilers, in front.
static volatile unsigned ticks, bytes;
void interrupt tick(void) { ticks = 0; }  // @b
interrupt void receive(void) { bytes = 0; }  // @d
int main(void) {
  ticks++;  // @a
  bytes++;  // @c
  return 0;
}
