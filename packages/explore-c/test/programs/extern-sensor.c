// find RWR value @a @b @c
// A variable of another file that nobody here writes: what it holds comes from outside.
extern volatile int sensor;
void enable_isr(int number);
static volatile int value;
static int first, second;
int main(void) {
  enable_isr(1);
  first = value;  // @a
  if (sensor > 40) second = value;  // @c
  return 0;
}
void app_isr_1(void) { value = 1; }  // @b
