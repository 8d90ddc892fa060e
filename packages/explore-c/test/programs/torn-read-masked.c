// find nothing
// options: --word 1
// A wide read under a mask.
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned short ticks;
unsigned short seen;
void app_main(void) {
  disable_isr(1);
  seen = ticks;
  enable_isr(1);
}
void app_isr_1(void) {
  ticks++;
}
