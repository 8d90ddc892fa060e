// find RWW free_list @a @b @c
// A list from which both sides take.
struct node { struct node *next; int data; };
static struct node pool[3] = {{&pool[1], 0}, {&pool[2], 0}, {0, 0}};
static struct node *volatile free_list = &pool[0];
static struct node *kept;
struct node *take(void) {
  struct node *n = free_list;  // @a
  if (n) free_list = n->next;  // @c
  return n;
}
void dma_isr(void) {
  struct node *m = free_list;
  if (m) free_list = m->next;  // @b
  kept = m;
}
int main(void) { return take() == 0; }
