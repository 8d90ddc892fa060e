// find RWR buffers[1][0] @a @b @c
// The same without the look at the flag: the buffer is filled while it is read.
void enable_isr(int number);
static volatile int ready;
static int buffers[2][4], filling = 1, sum;
int main(void) {
  enable_isr(1);
  if (ready) {
    sum = buffers[1][0];  // @a
    sum += buffers[1][0];  // @c
  }
  return 0;
}
void adc_isr_1(void) {
  buffers[filling][0] = 3;  // @b
  ready = 1;
}
