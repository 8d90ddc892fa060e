// find nothing
// Masks as a team of its own names them.
void hal_irq_disable(void); void hal_irq_enable(void);
void Board_InterruptsOff(void); void Board_InterruptsOn(void);
int sys_irq_save(void); void sys_irq_restore(int);
void BSP_EnterCriticalSection(void); void BSP_ExitCriticalSection(void);
volatile int a, b, c, d;
void adc_isr(void) { a++; b++; c++; d++; }
int main(void) {
  hal_irq_disable(); a++; hal_irq_enable();
  Board_InterruptsOff(); b++; Board_InterruptsOn();
  int s = sys_irq_save(); c++; sys_irq_restore(s);
  BSP_EnterCriticalSection(); d++; BSP_ExitCriticalSection();
  return 0;
}
