// find nothing
// A loop of compare-and-swap, asserted.
#include <assert.h>
void enable_isr(int number);
static int count; static int mine;
static void add(void) {
  for (;;) {
    int expected = 0;
    if (__atomic_compare_exchange_n(&count, &expected, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) { mine++; return; }
    return;
  }
}
void app_main(void) { enable_isr(1); add(); assert(count == 1); }
void app_isr_1(void) { int e = 0; __atomic_compare_exchange_n(&count, &e, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); }
