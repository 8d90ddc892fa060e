// find RWW frames @a @b @a
// A byte of a data register decides: its header is nowhere.
#include <chip/uart.h>
static volatile unsigned frames;
static volatile unsigned char state;
void UART0_IRQHandler(void) {
  unsigned char byte = UART0->DR;
  if (state == 0 && byte == 0x7e) state = 1;
  else if (state == 1 && byte == 0x7e) { state = 0; frames = 0; }  // @b
}
int main(void) {
  NVIC_EnableIRQ(UART0_IRQn);
  frames++;  // @a
  return 0;
}
