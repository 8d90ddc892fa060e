// find RWR ticks @a @b @a
// 64 bits are two words of most processors.
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned long long ticks;
unsigned long long seen;
void app_main(void) {
  seen = ticks;  // @a
}
void app_isr_1(void) {
  ticks++;  // @b
}
