// find nothing
// Masked by the registers that all Cortex-M have.
#define ISER0 (*(volatile unsigned *)0xE000E100)
#define ICER0 (*(volatile unsigned *)0xE000E180)
enum { TIM2_IRQn = 28 };
static volatile int n;
void TIM2_IRQHandler(void) { n++; }
int main(void) {
  ISER0 = 1u << 28;
  ICER0 = 1u << TIM2_IRQn;
  n++;
  ISER0 = 1u << 28;
  return 0;
}
