// find nothing
// What assembly saves, assembly puts back; the inner pair leaves the mask closed.
#include <stdint.h>
static uint32_t save(void) {
  uint32_t state;
  __asm volatile("mrs %0, primask\n cpsid i" : "=r"(state) : : "memory");
  return state;
}
static void put_back(uint32_t state) {
  __asm volatile("msr primask, %0" : : "r"(state) : "memory");
}
volatile uint32_t count;
int main(void) {
  uint32_t outer = save();
  uint32_t inner = save();
  count++;
  put_back(inner);
  count++;
  put_back(outer);
  return 0;
}
void TIM2_IRQHandler(void) {
  count = 0;
}
