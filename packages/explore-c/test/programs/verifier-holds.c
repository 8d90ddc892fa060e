// find nothing
// What is assumed leaves no way to the error.
extern int __VERIFIER_nondet_int(void);
extern void __VERIFIER_assume(int condition);
void reach_error(void);
void enable_isr(int number);
static volatile int once;
int main(void) {
  int n = __VERIFIER_nondet_int();
  __VERIFIER_assume(n > 3 && n < 6);
  enable_isr(1);
  if (n == 3 || n == 7) reach_error();
  once = 1;
  return 0;
}
void app_isr_1(void) { once = 1; }
