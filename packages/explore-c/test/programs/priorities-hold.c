// find nothing
// The one of low priority never comes into the other.
static volatile int value;
static int first, second;
void tick_isr_2(void) {
  first = value;
  second = value;
}
void tick_isr_1(void) { value = 1; }
int main(void) { return 0; }
