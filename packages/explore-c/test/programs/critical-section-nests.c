// find RWW count @a @b @a
// The inner critical section does not open the outer one.
void taskENTER_CRITICAL(void);
void taskEXIT_CRITICAL(void);
volatile int count, inner;
int main(void) {
  taskENTER_CRITICAL();
  taskENTER_CRITICAL();
  inner++;
  taskEXIT_CRITICAL();
  inner++;
  taskEXIT_CRITICAL();
  count++;  // @a
  return 0;
}
void tick_isr(void) {
  inner = 5;
  count = 5;  // @b
}
