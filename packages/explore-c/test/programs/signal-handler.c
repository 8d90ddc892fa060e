// find RWW count @a @b @a
// A signal of a system is an interrupt, too.
#include <signal.h>
static volatile int count;
static void on_alarm(int number) { count = number; }  // @b
int main(void) {
  signal(SIGALRM, on_alarm);
  count++;  // @a
  return 0;
}
