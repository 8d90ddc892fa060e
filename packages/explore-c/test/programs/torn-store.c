// find WRW limit @a @b @a
// The handler sees half of a value.
// options: --word 2
void enable_isr(int number);
void disable_isr(int number);
volatile unsigned limit;
unsigned seen;
void app_main(void) {
  limit = 0x12345678;  // @a
}
void app_isr_1(void) {
  seen = limit;  // @b
}
