// find RWW shared_elsewhere[0] @a @b @a
// Another file, which is not here, defines the variable.
extern volatile int shared_elsewhere;
extern void do_something(int);
int main(void) {
  do_something(1);
  shared_elsewhere++;  // @a
  return 0;
}
void tick_isr(void) {
  shared_elsewhere = 0;  // @b
}
