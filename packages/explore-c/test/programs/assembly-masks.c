// find RWW count @a @b @a
// The masks are inline assembly of a Cortex-M.
#include <stdint.h>
static inline void lock(void) {
  __asm volatile("cpsid i" ::: "memory");
}
static inline void unlock(void) {
  __asm volatile("cpsie i" : : : "memory");
}
volatile uint32_t count, other;
int main(void) {
  lock();
  other++;
  unlock();
  __asm__ __volatile__("dsb\n\tisb");
  count++;  // @a
  return 0;
}
void SysTick_Handler(void) {
  count = 0;  // @b
  other = 0;
}
