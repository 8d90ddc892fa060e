// find nothing
// The interrupt leaves alone what the main program has taken.
#include <stdatomic.h>
static atomic_flag taken = ATOMIC_FLAG_INIT;
static volatile int value;
static int first, second;
int main(void) {
  if (!atomic_flag_test_and_set(&taken)) {
    first = value;
    second = value;
    atomic_flag_clear(&taken);
  }
  return 0;
}
void app_isr_1(void) {
  if (atomic_flag_test_and_set(&taken)) return;
  value = 6;
  atomic_flag_clear(&taken);
}
