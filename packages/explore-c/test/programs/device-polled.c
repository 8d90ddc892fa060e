// find nothing
// A register that nobody modelled is waited for.
void enable_isr(int number);
void disable_isr(int number);
#define STATUS (*(volatile unsigned *)0x40000000)
volatile int value;
int seen;
void app_main(void) {
  while (!(STATUS & 4)) {
  }
  while (STATUS & 8) {
  }
  seen = value;
}
void app_isr_1(void) {
  value = 9;
}
