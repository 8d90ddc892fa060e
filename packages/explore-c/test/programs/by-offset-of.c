// find RWW nodes[1].load @a @b @a
// From the member back to the whole.
#include <stddef.h>
void enable_isr(int number);
struct link { struct link *next; };
struct node { int load; struct link link; };
static struct node nodes[2];
static struct link *list;
#define node_of(link_) ((struct node *)((char *)(link_) - offsetof(struct node, link)))
int main(void) {
  nodes[0].link.next = &nodes[1].link;
  list = &nodes[0].link;
  enable_isr(1);
  node_of(list->next)->load += 2;  // @a
  return 0;
}
void app_isr_1(void) {
  for (struct link *at = list; at; at = at->next)
    if (at->next == 0) node_of(at)->load = 0;  // @b
}
