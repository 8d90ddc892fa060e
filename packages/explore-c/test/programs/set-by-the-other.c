// find WWR level @a @b @c
// The second handler writes only when the first has said so, and the main program has.
void enable_isr(int number);
static volatile int armed, ready, level;
static int seen;
int main(void) {
  enable_isr(1);
  enable_isr(2);
  level = 3;  // @a
  ready = 1;
  seen = level;  // @c
  return 0;
}
void app_isr_1(void) { if (ready) armed = 1; }
void app_isr_2(void) { if (armed) level = 4; }  // @b
