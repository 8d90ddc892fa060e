// find WWR pulses @a @b @c
// find RWW pulses @c @b @a
// A sketch: nobody declares onPulse above its use, and nobody calls setup.
volatile unsigned long pulses;
unsigned long total;
const byte pin = 2;
void setup() {
  Serial.begin(9600);
  pinMode(pin, INPUT_PULLUP);
  attachInterrupt(digitalPinToInterrupt(pin), onPulse, FALLING);
}
void loop() {
  noInterrupts();
  pulses = 0;  // @a
  interrupts();
  total += pulses;  // @c
}
void onPulse() {
  pulses++;  // @b
}
