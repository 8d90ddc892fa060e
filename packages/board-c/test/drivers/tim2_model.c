/* TIM2 of an STM32, as far as one_shots.c uses it. */
#include "esc_device.h"
static uint32_t forced;
uint32_t esc_device_bytes(void) { return 0x400; }
uint32_t esc_device_read(uint32_t offset, uint32_t size) {
    (void)size;
    switch (offset) {
    case 12: return esc_chip_enabled();
    case 16: return esc_chip_flags() | forced;
    case 36: return esc_chip_counter();
    case 52: return esc_chip_compare();
    default: return 0;
    }
}
void esc_device_write(uint32_t offset, uint32_t value, uint32_t size) {
    (void)size;
    switch (offset) {
    case 12: esc_chip_disable(~value); esc_chip_enable(value); break;
    case 16: forced &= value; esc_chip_clear_flags(~value); break;
    case 20: if (value & 2) { forced = 2; esc_chip_pend(ESC_FLAG_COMPARE); } break;
    case 36: esc_chip_set_counter(value); break;
    case 52: esc_chip_set_compare(value); break;
    default: break;
    }
}
