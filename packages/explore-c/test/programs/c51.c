// find RWW count @a @b @a
// The words of compilers for the 8051.
#include <reg51.h>
sbit LED = P1^0;
volatile unsigned int xdata count;
volatile unsigned char data safe;
bit flag;
void timer0(void) interrupt 1 using 1 {
  count = 0;  // @b
  safe++;
  LED = !LED;
  flag = 1;
}
void main(void) {
  EA = 1;
  count++;  // @a
  EA = 0;
  safe++;
  EA = 1;
  while (1) { if (flag) break; }
}
