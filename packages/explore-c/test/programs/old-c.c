// find RWW count @a @b @a
// C of 1988: no types, no prototypes.
volatile count;
add(amount)
int amount;
{
  count = count + amount;  // @a
  return amount;
}
main() {
  add(1);
  unknown_call(2, 3);
}
void uart_isr() {
  count = 0;  // @b
}
