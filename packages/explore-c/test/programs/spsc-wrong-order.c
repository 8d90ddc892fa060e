// find assertion @a
// The index goes on before the byte is there: seen only by a higher handler.
#include <assert.h>
static volatile unsigned char buffer[4] = {9, 9, 9, 9}, head;
void rx_isr_1(void) {
  unsigned char at = head;
  head = (at + 1) & 3;
  buffer[at] = 1;
}
void use_isr_2(void) {
  if (head == 1) assert(buffer[0] == 1);  // @a
}
int main(void) { return 0; }
