// find RWW Counter::total @a @b @a
// A class, a member function and C++ names.
struct Counter {
  static volatile int total;
  void add() {
    total = total + 1;  // @a
  }
};
volatile int Counter::total;
static Counter counter;
extern "C" void TIM4_IRQHandler(void) {
  Counter::total = 0;  // @b
}
int main() { counter.add(); return 0; }
