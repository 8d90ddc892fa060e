// find nothing
// The two bytes do not overlap.
void enable_isr(int number);
void disable_isr(int number);
union { volatile unsigned word; volatile unsigned char bytes[4]; } cell;
unsigned first, second;
void app_main(void) {
  first = cell.bytes[1];
  second = cell.bytes[1];
}
void app_isr_1(void) {
  cell.bytes[2] = 9;
}
