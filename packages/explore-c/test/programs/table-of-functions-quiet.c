// find nothing
// The table's index never comes to the one that writes.
void enable_isr(int number);
static volatile int level;
static int seen[2];
static void put(volatile int *where) { *where = 3; }
static void quiet(volatile int *where) { (void)where; }
static void (*const actions[])(volatile int *) = {quiet, put, quiet, put};
static unsigned turn;
void tick_isr_2(void) { actions[(turn += 2) & 3](&level); }
int main(void) {
  enable_isr(2);
  seen[0] = level;
  seen[1] = level;
  return 0;
}
