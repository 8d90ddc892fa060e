// find WWR done @a @b @c
// A flag that is cleared after the request: no hang as the interrupt may come again.
void enable_isr(int); void start(void);
static volatile int done;
void app_main(void) {
  enable_isr(1); start();
  done = 0;  // @a
  while (!done) {}  // @c
}
void app_isr_1(void) { done = 1; }  // @b
