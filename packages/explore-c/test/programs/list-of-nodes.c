// find RWR nodes[1].value @a @b @c
// A list of nodes is changed while it is read.
void enable_isr(int number);
void disable_isr(int number);
struct node { struct node *next; volatile int value; };
struct node nodes[3] = {{&nodes[1], 0}, {&nodes[2], 0}, {0, 0}};
int first, second;
void app_main(void) {
  struct node *at = nodes[0].next;
  first = at->value;   // @a
  second = at->value;  // @c
}
void app_isr_1(void) {
  nodes[0].next->value = 9;  // @b
}
