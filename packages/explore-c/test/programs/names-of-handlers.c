// find RWW a @1a @1b @1a
// find RWW b @2a @2b @2a
// find RWW c @3a @3b @3a
// find RWW d @4a @4b @4a
// Names of handlers as they are made up.
static volatile int a, b, c, d;
void My_Isr_3(void) { a = 0; }  // @1b
void timer0_interrupt_handler(void) { b = 0; }  // @2b
void UartInterruptHandler(void) { c = 0; }  // @3b
void irq_timer_handler(void) { d = 0; }  // @4b
int main(void) {
  a++;  // @1a
  b++;  // @2a
  c++;  // @3a
  d++;  // @4a
  return 0;
}
