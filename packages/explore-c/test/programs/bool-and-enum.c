// find RWW state @a @b @a
// An enumeration in a bit field, beside one that is another's.
#include <stdbool.h>
void enable_isr(int number);
enum state { IDLE, BUSY, DONE };
static volatile struct { enum state state : 4; bool seen : 1; } all;
static volatile enum state state;
static volatile bool flag;
int main(void) {
  enable_isr(1);
  state = state == IDLE ? BUSY : DONE;  // @a
  flag = true;
  return 0;
}
void app_isr_1(void) { state = IDLE; }  // @b
