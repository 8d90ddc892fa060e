// find nothing
// Whatever the input is, one of the ways masks.
int rand(void);
void enable_isr(int number);
void disable_isr(int number);
static volatile int value;
static int first, second;
static void close_one(int which) { disable_isr(which); }
int main(void) {
  enable_isr(1);
  if (rand() > 5) disable_isr(-1); else close_one(1);
  first = value;
  second = value;
  enable_isr(1);
  return 0;
}
void app_isr_1(void) { value = 5; }
