// find WWR local @a @b @c
// A handler writes a variable of the main program's own stack, which it has by a pointer.
void enable_isr(int number);
volatile int *shared;
int seen;
void app_main(void) {
  int own = 1;
  shared = &own;
  enable_isr(1);
  own = 2;  // @a
  seen = own;  // @c
}
void app_isr_1(void) {
  *shared = 9;  // @b
}
