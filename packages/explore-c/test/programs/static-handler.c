// find RWW count @a @b @a
// Nobody names the handler: the vector table is in a file that is not here.
static volatile int count;
static void app_isr_1(void);
int main(void) {
  count++;  // @a
  return 0;
}
static void app_isr_1(void) {
  count = 0;  // @b
}
