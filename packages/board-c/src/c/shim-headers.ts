/** Formats of the integers, all of them. */
const inttypes = ["#pragma once", "#include <stdint.h>"]
  .concat(
    Object.entries({ 8: "hh", 16: "h", 32: "", 64: "ll", PTR: "l", MAX: "ll" }).flatMap(
      ([bits, length]) =>
        [..."diuxXo"].map((letter) => `#define PRI${letter}${bits} "${length}${letter}"`),
    ),
  )
  .join("\n")
  .concat("\n");

/**
 * Small headers for what is usually included and never there: enough that interrupt-driven code
 * compiles, no more. What they declare and nobody defines shows in the report as undefined. A header of
 * the same name in a folder of `-I` comes first.
 */
export const shimHeaders: Readonly<Record<string, string>> = {
  "assert.h": `#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#ifdef __cplusplus
extern "C"
#endif
void esc_race_failed(const char *condition, int line);
#define assert(condition) ((condition) ? (void)0 : esc_race_failed(#condition, __LINE__))
#endif
#if !defined(static_assert) && !defined(__cplusplus)
#define static_assert _Static_assert
#endif
`,
  "string.h": `#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
void *memcpy(void *, const void *, size_t); void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t); int memcmp(const void *, const void *, size_t);
size_t strlen(const char *); char *strcpy(char *, const char *); int strcmp(const char *, const char *);
size_t strnlen(const char *, size_t); int strncmp(const char *, const char *, size_t);
char *strncpy(char *, const char *, size_t); char *strcat(char *, const char *);
char *strncat(char *, const char *, size_t); char *strchr(const char *, int); char *strrchr(const char *, int);
char *strstr(const char *, const char *); void *memchr(const void *, int, size_t);
#ifdef __cplusplus
}
#endif
`,
  "stdlib.h": `#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff
void *malloc(size_t); void *calloc(size_t, size_t); void *realloc(void *, size_t); void free(void *);
int abs(int); long labs(long); long long llabs(long long);
int rand(void); void srand(unsigned); void abort(void); void exit(int);
int atoi(const char *); long atol(const char *); long strtol(const char *, char **, int);
unsigned long strtoul(const char *, char **, int); long long strtoll(const char *, char **, int);
unsigned long long strtoull(const char *, char **, int);
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
#ifdef __cplusplus
}
#endif
`,
  "stdio.h": `#pragma once
#include <stddef.h>
#include <stdarg.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct esc_file FILE;
#define stdin ((FILE *)0)
#define stdout ((FILE *)1)
#define stderr ((FILE *)2)
#define EOF (-1)
int printf(const char *, ...); int fprintf(FILE *, const char *, ...); int vprintf(const char *, va_list);
int vfprintf(FILE *, const char *, va_list); int puts(const char *); int fputs(const char *, FILE *);
int putchar(int); int fputc(int, FILE *); int putc(int, FILE *); int fflush(FILE *); void perror(const char *);
int snprintf(char *, size_t, const char *, ...); int sprintf(char *, const char *, ...);
int vsnprintf(char *, size_t, const char *, va_list); int vsprintf(char *, const char *, va_list);
int getchar(void);
#ifdef __cplusplus
}
#endif
`,
  "ctype.h": `#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int isalnum(int); int isalpha(int); int isdigit(int); int islower(int); int isprint(int); int isspace(int);
int isupper(int); int isxdigit(int); int tolower(int); int toupper(int);
#ifdef __cplusplus
}
#endif
`,
  ...Object.fromEntries(
    ["stdint", "stddef", "string", "stdlib", "stdio", "ctype", "limits", "errno", "assert"].map(
      (name) => [`c${name}`, `#include <${name}.h>\n`],
    ),
  ),
  "inttypes.h": inttypes,
  "errno.h": `#pragma once
#define EPERM 1
#define ENOENT 2
#define EIO 5
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define ENOSPC 28
#define ENOSYS 38
#define ENOTSUP 95
#define EALREADY 114
#define ETIMEDOUT 110
#define ECANCELED 125
`,
  "unistd.h": `#pragma once
unsigned sleep(unsigned); int usleep(unsigned);
`,
  "avr/io.h": `#pragma once
#include <stdint.h>
#define _BV(bit) (1 << (bit))
#define _SFR_MEM8(address) (*(volatile uint8_t *)(address))
#define _SFR_MEM16(address) (*(volatile uint16_t *)(address))
#define PINB _SFR_MEM8(0x23)
#define DDRB _SFR_MEM8(0x24)
#define PORTB _SFR_MEM8(0x25)
#define PINC _SFR_MEM8(0x26)
#define DDRC _SFR_MEM8(0x27)
#define PORTC _SFR_MEM8(0x28)
#define PIND _SFR_MEM8(0x29)
#define DDRD _SFR_MEM8(0x2a)
#define PORTD _SFR_MEM8(0x2b)
#define TIFR0 _SFR_MEM8(0x35)
#define TIFR1 _SFR_MEM8(0x36)
#define TCNT0 _SFR_MEM8(0x46)
#define TCCR1A _SFR_MEM8(0x80)
#define TCCR1B _SFR_MEM8(0x81)
#define TCNT1 _SFR_MEM16(0x84)
#define OCR1A _SFR_MEM16(0x88)
#define TIMSK0 _SFR_MEM8(0x6e)
#define TIMSK1 _SFR_MEM8(0x6f)
#define ADC _SFR_MEM16(0x78)
#define ADCSRA _SFR_MEM8(0x7a)
#define UCSR0A _SFR_MEM8(0xc0)
#define UCSR0B _SFR_MEM8(0xc1)
#define UDR0 _SFR_MEM8(0xc6)
`,
  "avr/interrupt.h": `#pragma once
#include <avr/io.h>
#ifdef __cplusplus
extern "C" {
#endif
void cli(void); void sei(void);
#ifdef __cplusplus
}
#endif
#define ISR(vector, ...) void vector(void); void vector(void)
#define SIGNAL(vector) void vector(void); void vector(void)
#define EMPTY_INTERRUPT(vector) void vector(void) {}
#define ISR_BLOCK
#define ISR_NOBLOCK
`,
  "avr/pgmspace.h": `#pragma once
#include <stdint.h>
#define PROGMEM
#define PSTR(text) (text)
#define pgm_read_byte(address) (*(const uint8_t *)(address))
#define pgm_read_word(address) (*(const uint16_t *)(address))
`,
  "avr/sleep.h": `#pragma once
#define SLEEP_MODE_IDLE 0
#define SLEEP_MODE_PWR_DOWN 2
#define set_sleep_mode(mode) ((void)(mode))
#define sleep_enable() ((void)0)
#define sleep_disable() ((void)0)
#define sleep_cpu() ((void)0)
#define sleep_mode() ((void)0)
`,
  "util/atomic.h": `#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int esc_race_save_and_mask(void); void esc_race_restore(int state);
int esc_race_get_mask(void); void esc_race_unmask(void);
#ifdef __cplusplus
}
#endif
static inline void esc_race_restore_from(const int *state) { esc_race_restore(*state); }
static inline int esc_race_opened(int state) { esc_race_unmask(); return state; }
#define ATOMIC_RESTORESTATE esc_race_save_and_mask()
#define ATOMIC_FORCEON (esc_race_save_and_mask(), 0)
#define NONATOMIC_RESTORESTATE esc_race_opened(esc_race_get_mask())
#define NONATOMIC_FORCEOFF esc_race_opened(1)
#define NONATOMIC_BLOCK ATOMIC_BLOCK
#define ATOMIC_BLOCK(how) for (int esc_state __attribute__((cleanup(esc_race_restore_from))) = (how), esc_once = 1; esc_once; esc_once = 0)
`,
  "util/delay.h": `#pragma once
#define _delay_ms(time) ((void)(time))
#define _delay_us(time) ((void)(time))
`,
  "Arduino.h": `#pragma once
#include <stdint.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <avr/interrupt.h>
typedef uint8_t byte; typedef bool boolean; typedef unsigned int word;
#define HIGH 1
#define LOW 0
#define INPUT 0
#define OUTPUT 1
#define INPUT_PULLUP 2
#define RISING 3
#define FALLING 2
#define CHANGE 1
#ifdef __cplusplus
extern "C" {
#endif
void noInterrupts(void); void interrupts(void);
void pinMode(uint8_t, uint8_t); void digitalWrite(uint8_t, uint8_t); int digitalRead(uint8_t);
int analogRead(uint8_t); unsigned long millis(void); unsigned long micros(void);
void delay(unsigned long); void delayMicroseconds(unsigned int);
void attachInterrupt(uint8_t, void (*)(void), int); void detachInterrupt(uint8_t);
#ifdef __cplusplus
}
#define F(text) (text)
struct esc_race_serial {
  template <class... T> void begin(T...) {}
  template <class... T> void print(T...) {}
  template <class... T> void println(T...) {}
  template <class... T> void write(T...) {}
  void flush() {}
  int available() { return analogRead(254); }
  int read() { return analogRead(255); }
  explicit operator bool() const { return true; }
};
static esc_race_serial Serial __attribute__((unused));
#endif
#define digitalPinToInterrupt(pin) (pin)
#define LED_BUILTIN 13
#define OUTPUT_OPEN_DRAIN 3
#define bitRead(value, bit) (((value) >> (bit)) & 1)
#define bitSet(value, bit) ((value) |= 1UL << (bit))
#define bitClear(value, bit) ((value) &= ~(1UL << (bit)))
`,
};
