// find RWR level @a @b @c
// The value that is tested is not the value that is used.
void init(void);
volatile int level;
int table[8];
volatile int out;
void probe_main() {
  init();
  if (level < 8)  // @a
    out = table[level];  // @c
}
void probe_isr_1() {
  level = 3;  // @b
}
