// find RWW value @a @b @a
// A handler of ten thousand rounds, the main program of a million.
void enable_isr(int number);
static volatile int value;
static unsigned sum, product;
int main(void) {
  enable_isr(1);
  for (unsigned i = 0; i < 1000000; i++) product = product * 3 + i;
  value += product;  // @a
  return 0;
}
void app_isr_1(void) {
  for (unsigned i = 0; i < 10000; i++) {
    sum += i;
    if (i == 9999) value = sum;  // @b
  }
}
