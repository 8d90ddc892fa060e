// find nothing
// Handlers with an attribute, and a mask with a lock.
#include "freertos/FreeRTOS.h"
#include "driver/gpio.h"
typedef int portMUX_TYPE;
#define portMUX_INITIALIZER_UNLOCKED 0
static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
static volatile int pulses;
int copy;
static void IRAM_ATTR on_pulse(void *arg) {
  portENTER_CRITICAL_ISR(&mux);
  pulses++;
  portEXIT_CRITICAL_ISR(&mux);
}
void app_main(void) {
  gpio_isr_handler_add(4, on_pulse, (void *)4);
  portENTER_CRITICAL(&mux);
  copy = pulses;
  pulses = 0;
  portEXIT_CRITICAL(&mux);
}
