// find RWR value @a @b @c
// The mask depends on an input.
int rand(void);
void enable_isr(int number);
void disable_isr(int number);
static volatile int value;
static int first, second;
int main(void) {
  enable_isr(1);
  if (rand() > 5) disable_isr(1);
  first = value;  // @a
  second = value;  // @c
  enable_isr(1);
  return 0;
}
void app_isr_1(void) { value = 5; }  // @b
