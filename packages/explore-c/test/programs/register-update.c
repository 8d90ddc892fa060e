// find RWW register @a @b @a
// Both set a bit of one output register.
void enable_isr(int number);
void disable_isr(int number);
#define PORT (*(volatile unsigned *)0x40020014)
void app_main(void) {
  PORT |= 1;  // @a
}
void app_isr_1(void) {
  PORT |= 2;  // @b
}
