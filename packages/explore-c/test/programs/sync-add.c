// find nothing
// Atomic additions by old built-in functions.
void enable_isr(int number);
volatile unsigned count; unsigned char flag; long long big;
void app_main(void) {
  enable_isr(1);
  __sync_fetch_and_add(&count, 1);
  __atomic_exchange_n(&flag, 0, __ATOMIC_SEQ_CST);
  __atomic_fetch_or(&big, 4, __ATOMIC_RELAXED);
}
void app_isr_1(void) { count++; flag = 1; __atomic_fetch_add(&big, 1, __ATOMIC_RELAXED); }
