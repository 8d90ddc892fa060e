/** What compilers call by themselves, and what small programs use: plain C, rewritten like the
 * program; and the memory behind registers that nobody modelled. */
export const supportSource = `
typedef unsigned long size_t;
#define WEAK __attribute__((weak))
char __esc_race_registers[4096] __attribute__((aligned(16)));
WEAK void *memcpy(void *d, const void *s, size_t n) { char *a = d; const char *b = s; while (n--) *a++ = *b++; return d; }
WEAK void *memmove(void *d, const void *s, size_t n) {
  char *a = d; const char *b = s;
  if (a < b) while (n--) *a++ = *b++;
  else { a += n; b += n; while (n--) *--a = *--b; }
  return d;
}
WEAK void *memset(void *d, int c, size_t n) { char *a = d; while (n--) *a++ = c; return d; }
WEAK int memcmp(const void *a, const void *b, size_t n) {
  const unsigned char *x = a, *y = b;
  for (; n--; x++, y++) if (*x != *y) return *x - *y;
  return 0;
}
WEAK size_t strlen(const char *s) { const char *p = s; while (*p) p++; return p - s; }
WEAK char *strcpy(char *d, const char *s) { char *r = d; while ((*d++ = *s++)); return r; }
WEAK int strcmp(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return (unsigned char)*a - (unsigned char)*b; }
WEAK int abs(int n) { return n < 0 ? -n : n; }
`;
