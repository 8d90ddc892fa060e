// find nothing
// No number is more than a hundred and less than fifty.
int rand(void);
void enable_isr(int number);
static volatile int value;
static int first, second;
int main(void) {
  int x = rand(), y = rand();
  enable_isr(1);
  first = value;
  if (x > 100 && x < 50) second = value;
  if (x * x == 7) second = value;
  if (x > y && y > x) second = value;
  return 0;
}
void app_isr_1(void) { value = 1; }
