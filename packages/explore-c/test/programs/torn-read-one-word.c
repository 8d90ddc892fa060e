// find nothing
// The same on a processor that reads both bytes at once.
// options: --word 2
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned short ticks;
unsigned short seen;
void app_main(void) {
  seen = ticks;
}
void app_isr_1(void) {
  ticks++;
}
