// find RWW count @a @b @a
// C++ gives functions other names; main need not return.
#include <cstdint>
#include <cstring>
static volatile uint32_t count;
static uint32_t copy[4];
void tick_isr() {
  count = 0;  // @b
}
int main() {
  memset(copy, 0, sizeof copy);
  count++;  // @a
}
