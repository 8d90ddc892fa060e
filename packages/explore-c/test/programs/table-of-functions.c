// find RWR level @a @b @c
// The write is four calls deep, the first of them by a table and an index.
void enable_isr(int number);
static volatile int level;
static int seen[2];
static void put(volatile int *where, int what) { *where = what; }  // @b
static void at_depth(int depth, volatile int *where) { if (depth > 0) at_depth(depth - 1, where); else put(where, 7); }
static void quiet(volatile int *where) { (void)where; }
static void loud(volatile int *where) { at_depth(2, where); }
static void (*const actions[])(volatile int *) = {quiet, loud, quiet};
static int turn;
void tick_isr_2(void) { actions[++turn % 3](&level); }
int main(void) {
  enable_isr(2);
  seen[0] = level;  // @a
  seen[1] = level;  // @c
  return 0;
}
