// find RWW count @a @b @a
// Only the vector table names the handler.
extern unsigned _estack;
int main(void);
void Reset_Handler(void) { main(); for (;;) {} }
void Default_Handler(void) { for (;;) {} }
static volatile int count;
static void tick(void) {
  count++;  // @b
}
__attribute__((section(".isr_vector"), used)) void (*const vectors[])(void) = {
  (void (*)(void))&_estack, Reset_Handler, Default_Handler, Default_Handler, 0, 0, tick, Default_Handler,
};
int main(void) {
  count++;  // @a
  return 0;
}
