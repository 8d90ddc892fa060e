// find RWW total @a @b @a
// As it was written before there was a standard.
int total;
static limit = 9;
static add(n, twice)
  int n;
  char *twice;
{
  if (*twice) n = n + n;
  total = total + n;  // @a
}
isr_1() {
  total = 0;  // @b
}
main() {
  enable_isr(1);
  add(limit, "y");
}
