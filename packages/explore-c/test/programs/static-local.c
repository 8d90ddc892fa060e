// find RWW calls @a @a @a
// A function of both counts its calls in a variable of its own.
void enable_isr(int number);
static int next_number(void) {
  static int calls;
  return ++calls;  // @a
}
static int mine, yours;
int main(void) {
  enable_isr(4);
  mine = next_number();
  return mine;
}
void app_isr_4(void) { yours = next_number(); }
