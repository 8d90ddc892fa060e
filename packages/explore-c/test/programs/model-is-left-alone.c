// find nothing
// The variables of the chip model are no findings.
// options: --model chip
void enable_isr(int number);
void disable_isr(int number);
struct { int time, flag; } chip;
int seen;
void app_main(void) {
  chip.time++;
  chip.time++;
  seen = chip.time;
}
void app_isr_1(void) {
  chip.time = 0;
}
