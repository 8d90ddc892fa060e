// find RWW n @a @b @a
// Types of headers that are nowhere.
#include "vendor_types.h"
static __IO u32 n; static BOOL ok;
void TIM2_IRQHandler(void) {
  n = 0;  // @b
}
int main(void) {
  GPIO_PORT = 1;
  n++;  // @a
  ok = TRUE;
  return 0;
}
