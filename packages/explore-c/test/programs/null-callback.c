// find trap @b
// The interrupt is enabled before there is anything to call.
void enable_isr(int number);
void disable_isr(int number);
volatile int calls;
static void on_tick(void) {
  calls = 1;
}
void (*volatile callback)(void);
void app_main(void) {
  calls = 0;
  callback = on_tick;
}
void app_isr_1(void) {
  callback();  // @b
}
