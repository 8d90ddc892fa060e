// find RWW count @a @b @a
// Registering alone lets nothing through.
#include <stdbool.h>
void irq_set_exclusive_handler(unsigned number, void (*handler)(void));
void irq_set_enabled(unsigned number, bool enabled);
static volatile int before, count, after;
static void alarm_fired(void) {
  before = 0;
  count = 0;  // @b
  after = 0;
}
int main(void) {
  irq_set_exclusive_handler(3, alarm_fired);
  before++;
  irq_set_enabled(3, true);
  count++;  // @a
  irq_set_enabled(3, false);
  after++;
  return 0;
}
