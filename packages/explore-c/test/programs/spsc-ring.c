// find nothing
// One writer, one reader, indices of one word: right without a mask.
#include <stdint.h>
#include <assert.h>
static volatile uint8_t buffer[4];
static volatile uint8_t head, tail;
static uint8_t next = 1, want = 1;
void uart_rx_isr(void) {
  uint8_t at = head, after = (at + 1) & 3;
  if (after == tail) return;
  buffer[at] = next++;
  head = after;
}
static int get(void) {
  uint8_t at = tail;
  if (at == head) return -1;
  int c = buffer[at];
  tail = (at + 1) & 3;
  return c;
}
int main(void) {
  for (int i = 0; i < 6; i++) {
    int c = get();
    if (c >= 0) { assert(c == want); want++; }
  }
  return 0;
}
