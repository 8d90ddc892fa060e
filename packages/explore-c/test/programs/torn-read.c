// find RWR ticks @a @b @a
// Two bytes are read one after the other.
// options: --word 1
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned short ticks;
unsigned short seen;
void app_main(void) {
  seen = ticks;  // @a
}
void app_isr_1(void) {
  ticks++;  // @b
}
