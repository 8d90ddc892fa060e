// find nothing
// Four members in one word are four bytes.
void enable_isr(int number);
void disable_isr(int number);
struct { volatile unsigned char a, b, c, d; } bytes;
unsigned char first, second;
void app_main(void) {
  first = bytes.a;
  second = bytes.a;
}
void app_isr_1(void) {
  bytes.b = 9;
}
