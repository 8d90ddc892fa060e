// find nothing
// The handler only reads what the main program only reads.
void enable_isr(int number);
void disable_isr(int number);
volatile int table = 3;
int a, b, c;
void app_main(void) {
  a = table;
  b = table;
}
void app_isr_1(void) {
  c = table;
}
