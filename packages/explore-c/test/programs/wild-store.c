// find wild access @b
// An index that the handler has made too large.
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned char buffer[16];
volatile unsigned at;
void app_main(void) {
  buffer[at] = 1;  // @b
}
void app_isr_1(void) {
  at = 0x70000000;
}
