// find RWW count @a @b @a
// It cannot come before it is attached, nor after it was detached.
void attachInterrupt(int number, void (*handler)(void), int mode);
void detachInterrupt(int number);
static volatile int before, count, after;
static void on_edge(void) {
  before = 0;
  count = 0;  // @b
  after = 0;
}
int main(void) {
  before++;
  attachInterrupt(2, on_edge, 3);
  count++;  // @a
  detachInterrupt(2);
  after++;
  return 0;
}
