// find wild access @a
// find RWR index_ @c @b @a
// An index is checked, changed by the interrupt, and used.
static int table[2]; static volatile unsigned index_;
int seen;
void next_isr(void) { index_ += 0x400000; }  // @b
int main(void) {
  if (index_ < 2)  // @c
    seen = table[index_];  // @a
  return 0;
}
