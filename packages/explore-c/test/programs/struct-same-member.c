// find RWR pair.mine @a @b @c
// One member for both.
void enable_isr(int number);
void disable_isr(int number);
struct { volatile int mine; volatile int yours; } pair;
int first, second;
void app_main(void) {
  first = pair.mine;   // @a
  second = pair.mine;  // @c
}
void app_isr_1(void) {
  pair.mine = 9;  // @b
}
