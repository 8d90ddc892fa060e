// find nothing
// The hardware requests the interrupt only after both reads.
// options: --isr tick=1?app_requested
void enable_isr(int number);
void disable_isr(int number);
volatile int value;
int pending;
int first, second;
int app_requested(void) {
  return pending;
}
void app_main(void) {
  first = value;
  second = value;
  pending = 1;
}
void tick(void) {
  value = 9;
}
