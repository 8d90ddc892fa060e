// find WWR text[0] @a @a @c
// One function with one buffer, called from both.
static char text[2]; char out;
static void format(char c) {
  text[0] = c;  // @a
}
void rx_isr(void) { format('i'); }
int main(void) {
  format('m');
  out = text[0];  // @c
  return 0;
}
