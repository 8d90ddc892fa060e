// find RWR value @a @b @c
// Only the command 42 reads a second time.
void enable_isr(int number);
void disable_isr(int number);
int rand(void);
volatile int value;
int first, second;
void app_main(void) {
  first = value;  // @a
  if (rand() == 42)
    second = value;  // @c
}
void app_isr_1(void) {
  value = 9;  // @b
}
