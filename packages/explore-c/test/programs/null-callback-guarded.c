// find nothing
// A callback that is checked and called from a copy.
void enable_isr(int number);
void disable_isr(int number);
volatile int calls;
static void on_tick(void) {
  calls = 1;
}
void (*volatile callback)(void);
void app_main(void) {
  callback = on_tick;
}
void app_isr_1(void) {
  if (callback) callback();
}
