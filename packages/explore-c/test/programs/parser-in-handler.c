// find RWR length @a @b @c
// The handler reaches the length only at its second byte.
int uart_read(void);
volatile unsigned char length, ready, data[4];
static unsigned char state, at;
int sum;
void USART1_IRQHandler(void) {
  unsigned char byte = (unsigned char)uart_read();
  switch (state) {
    case 0: if (byte == 0x7e) state = 1; break;
    case 1: state = 2; break;
    case 2: state = 3; break;
    case 3: length = byte; state = 4; at = 0; break;  // @b
    default: state = 0; break;
  }
}
int main(void) {
  sum = length;  // @a
  sum += length;  // @c
  return 0;
}
