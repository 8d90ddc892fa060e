// find WRW total @a @b @c
// A value is read before it is finished.
void enable_isr(int number);
void disable_isr(int number);
volatile int total;
int shown;
void app_main(void) {
  total = 0;   // @a
  total = 42;  // @c
}
void app_isr_1(void) {
  shown = total;  // @b
}
