// find RWR now.low @a @b @c
// A struct is copied by memcpy, whose accesses are those of the line that copies.
void enable_isr(int number);
void disable_isr(int number);
struct stamp { int low, high, more, last; };
struct stamp now, first, second;
void app_main(void) {
  first = now;   // @a
  second = now;  // @c
}
void app_isr_1(void) {
  now.low = 9;  // @b
}
