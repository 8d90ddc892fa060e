// find RWR samples[2] @a @b @c
// A buffer that is filled half by half.
static volatile short samples[4]; static volatile unsigned char half;
long sum;
void DMA1_Channel1_IRQHandler(void) {
  half ^= 1;
  for (int i = 0; i < 2; i++) samples[half * 2 + i] = 100;  // @b
}
int main(void) {
  sum = samples[2];  // @a
  sum -= samples[2];  // @c
  return 0;
}
