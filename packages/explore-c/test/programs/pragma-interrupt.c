// find RWW ticks @a @b @a
// find RWW bytes @c @d @c
// Handlers that a pragma marks.
static volatile unsigned ticks, bytes;
#pragma interrupt (tick)
void tick(void) { ticks = 0; }  // @b
#pragma interrupt receive(vect=28)
void receive(void) { bytes = 0; }  // @d
int main(void) {
  ticks++;  // @a
  bytes++;  // @c
  return 0;
}
