// find RWW plain @c @d @c
// One is atomic by its type, one by a function, one is not.
#include <stdatomic.h>
static _Atomic int counted;
static atomic_int added;
static int plain;
int main(void) {
  counted++;
  atomic_fetch_add(&added, 2);
  plain++;  // @c
  return 0;
}
void app_isr_1(void) { counted = 0; atomic_store(&added, 0); plain = 0; }  // @d
