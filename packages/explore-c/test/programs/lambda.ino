// find RWW presses @a @b @a
// The handler has no name.
volatile int presses;
void setup() {
  attachInterrupt(digitalPinToInterrupt(2), [] { presses = 0; }, RISING);  // @b
}
void loop() {
  presses++;  // @a
  delay(100);
}
