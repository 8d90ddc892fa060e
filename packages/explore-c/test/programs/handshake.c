// find WWR ready @a @b @c
// Two buffers: the handler fills one when the main program has done with it; only its flag comes and goes.
void enable_isr(int number);
static volatile int ready;
static int buffers[2][4], filling, sum;
int main(void) {
  enable_isr(1);
  for (;;) {
    if (ready) {  // @c
      int *from = buffers[1 - filling];
      for (int i = 0; i < 4; i++) sum += from[i] + from[i];
      ready = 0;  // @a
    }
  }
}
void adc_isr_1(void) {
  if (ready) return;
  for (int i = 0; i < 4; i++) buffers[filling][i] = i;
  filling = 1 - filling;
  ready = 1;  // @b
}
