// find RWW bits.a @a @b @a
// Bits beside each other are written with their byte.
void enable_isr(int number);
void disable_isr(int number);
struct { volatile unsigned a : 1; volatile unsigned b : 1; } bits;
void app_main(void) {
  bits.a = 1;  // @a
}
void app_isr_1(void) {
  bits.b = 1;  // @b
}
