// find assertion @c
// find RWR lock @c @b @c
// find WWR lock @a @b @c
// The names of programs for verifiers.
extern int __VERIFIER_nondet_int(void);
extern void __VERIFIER_assume(int condition);
void reach_error(void);
void enable_isr(int number);
static volatile int lock, turn;
int main(void) {
  int n = __VERIFIER_nondet_int();
  __VERIFIER_assume(n == 12);
  enable_isr(1);
  lock = n;  // @a
  if (lock != 12 && lock != 13) reach_error();  // @c
  return 0;
}
void app_isr_1(void) { lock = 1; }  // @b
