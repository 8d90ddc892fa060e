// find RWR cell.word @a @b @c
// Two views of the same bytes.
void enable_isr(int number);
void disable_isr(int number);
union { volatile unsigned word; volatile unsigned char bytes[4]; } cell;
unsigned first, second;
void app_main(void) {
  first = cell.word;   // @a
  second = cell.word;  // @c
}
void app_isr_1(void) {
  cell.bytes[2] = 9;  // @b
}
