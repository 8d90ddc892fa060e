// find RWR value @a @b @c
// A status register that is ready at last.
// options: --device 0x40000000=0,6
void enable_isr(int number);
void disable_isr(int number);
#define STATUS (*(volatile unsigned *)0x40000000)
volatile int value;
int first, second;
void app_main(void) {
  first = value;  // @a
  while (STATUS != 6) {
  }
  second = value;  // @c
}
void app_isr_1(void) {
  value = 9;  // @b
}
