// find RWR word.whole @a @b @c
// Half of a word is written through the other view.
#include <stdint.h>
void enable_isr(int number);
static volatile union { uint32_t whole; uint16_t half[2]; uint8_t byte[4]; } word, other;
static uint32_t one, two;
int main(void) {
  enable_isr(1);
  one = word.whole;  // @a
  two = word.whole;  // @c
  one += other.half[0];
  one += other.half[0];
  return 0;
}
void app_isr_1(void) {
  word.byte[2] = 1;  // @b
  other.half[1] = 1;
}
