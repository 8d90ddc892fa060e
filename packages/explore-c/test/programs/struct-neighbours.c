// find nothing
// Two members side by side, one for each.
void enable_isr(int number);
void disable_isr(int number);
struct { volatile int mine; volatile int yours; } pair;
int first, second;
void app_main(void) {
  first = pair.mine;
  second = pair.mine;
}
void app_isr_1(void) {
  pair.yours = 9;
}
