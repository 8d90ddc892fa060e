// find RWR mode @a @b @c
// One command of many, in a switch without gaps.
int getchar(void);
void enable_isr(int number);
static volatile int mode;
static int other, seen;
int main(void) {
  enable_isr(1);
  switch (getchar()) {
    case 'a': other = 1; break;
    case 'b': other = 2; break;
    case 'c': other = 3; break;
    case 'd': other = 4; break;
    case 'e':
      seen = mode;  // @a
      seen += mode;  // @c
      break;
    case 'f': other = 6; break;
    default: other = 0;
  }
  return 0;
}
void key_isr_1(void) { mode = 2; }  // @b
