// find nothing
// One read of each variable, and a copy that is used.
void init(void);
volatile int level;
int table[8];
int out;
void probe_main() {
  int now;
  init();
  now = level;
  if (now < 8) out = table[now];
}
void probe_isr_1() {
  level = 3;
}
