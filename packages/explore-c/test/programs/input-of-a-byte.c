// find nothing
// A byte is never 256, and never less than 0.
unsigned char read_byte(void);
signed char read_delta(void);
void enable_isr(int number);
static volatile int value;
static int first, second;
int main(void) {
  enable_isr(1);
  first = value;
  if (read_byte() == 256) second = value;
  if (read_byte() < 0) second = value;
  if (read_delta() > 200) second = value;
  return 0;
}
void app_isr_1(void) { value = 9; }
