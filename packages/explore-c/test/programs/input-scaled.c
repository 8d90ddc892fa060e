// find RWR volts @a @b @c
// The input is scaled before it is compared.
unsigned short read_adc(void);
void enable_isr(int number);
static volatile float volts;
static float low, high;
int main(void) {
  float measured = read_adc() * 3.3f / 1023.0f;
  enable_isr(1);
  low = volts;  // @a
  if (measured > 2.5f) high = volts;  // @c
  return 0;
}
void adc_isr_1(void) { volts = 1.5f; }  // @b
