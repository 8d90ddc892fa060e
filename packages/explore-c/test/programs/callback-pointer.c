// find trap @a
// find RWR callback @c @b @a
// find WWR callback @w @b @c
// The write is behind a function pointer.
static void (*volatile callback)(void);
static void work(void) {}
void cancel_isr(void) { callback = 0; }  // @b
int main(void) {
  callback = work;  // @w
  if (callback)  // @c
    callback();  // @a
  return 0;
}
