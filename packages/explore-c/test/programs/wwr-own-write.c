// find WWR mode @a @b @c
// A read that is not of its own write.
void enable_isr(int number);
void disable_isr(int number);
volatile int mode;
int seen;
void app_main(void) {
  mode = 1;     // @a
  seen = mode;  // @c
}
void app_isr_1(void) {
  mode = 2;  // @b
}
