// find RWW register @a @b @a
// A register at a fixed address keeps what was written: two that change bits of it lose one of them.
#define PORT (*(volatile unsigned *)0x40020014u)
int main(void) {
  PORT |= 1;  // @a
  return 0;
}
void tick_isr(void) {
  PORT |= 2;  // @b
}
