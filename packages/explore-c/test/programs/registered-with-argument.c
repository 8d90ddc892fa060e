// find RWW port.received @a @b @a
// The handler gets what it was registered with.
struct port {
  volatile int received;
};
static struct port port;
int request_irq(int number, void (*handler)(void *), unsigned flags, void *owner);
int gpio_isr_handler_add(int pin, void (*handler)(void *), void *owner);
static void on_pin(void *owner) {
  struct port *self = owner;
  self->received = 0;  // @b
}
int main(void) {
  gpio_isr_handler_add(4, on_pin, &port);
  port.received++;  // @a
  return 0;
}
