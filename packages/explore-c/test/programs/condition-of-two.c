// find RWR value @a @b @c
// Two inputs in one condition, one of them in a struct.
int rand(void);
void enable_isr(int number);
static struct { int x, y; } at;
static volatile int value;
static int first, second;
int main(void) {
  at.x = rand();
  at.y = rand();
  enable_isr(1);
  first = value;  // @a
  if (at.x > 100 && at.y < -100) second = value;  // @c
  return 0;
}
void app_isr_1(void) { value = 1; }  // @b
