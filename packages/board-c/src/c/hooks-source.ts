/**
 * The hooks, in C: linked behind the program, compiled at -O2, and left alone by the rewriter. What is
 * called at every access stays in WebAssembly as long as the access concerns nobody else; the host is
 * called for memory that contexts share, for registers, and for addresses that are none.
 *
 * An access of four bytes, the most usual one, is looked up in three steps instead of twelve.
 *
 * `touched` collects who read (0) and who wrote (1) each byte, a bit for each context. An address below
 * `floor` is on the running handler's own stack. Everything before the state is the program's memory,
 * which a run restores.
 */
export const hooksSource = `
typedef unsigned char u8; typedef unsigned int u32; typedef unsigned long long u64;
typedef u64 two_words __attribute__((aligned(4))); typedef u32 four_bytes __attribute__((aligned(1)));
#define FROM_HOST(n) __attribute__((import_module("escapement"), import_name(n)))
#define TO_HOST(n) __attribute__((export_name("__esc_race_" n)))
#define WATCHED 0x100000u
#define NULL_PAGE 256u
FROM_HOST("access") extern u32 __esc_race_host_access(u32 address, u32 site, u32 kind);
FROM_HOST("stored") extern void __esc_race_host_stored(u32 site);
FROM_HOST("round") extern void __esc_race_host_round(u32 site);
FROM_HOST("begins") extern void __esc_race_host_begins(u32 function, u32 argument);
FROM_HOST("fuel") extern void __esc_race_host_fuel(void);
struct __esc_race_state {
  u32 touched[2][WATCHED];
  u8 shared[WATCHED];
  u32 context, floor, accesses, unused;
  u64 fuel;
  u8 scratch[16 * 64];
} __attribute__((aligned(16))) __esc_race_memory;
TO_HOST("state") struct __esc_race_state *__esc_race_get_state(void) { return &__esc_race_memory; }
TO_HOST("watched") u32 __esc_race_get_watched(void) { return WATCHED; }
TO_HOST("check") u32 __esc_race_do_check(u32 address, u32 site, u32 kind) {
  struct __esc_race_state *s = &__esc_race_memory;
  u32 size = kind & 255, hit = 0, bit;
  u32 *touched;
  s->accesses += 1;
  if (address - NULL_PAGE >= (u32)s - NULL_PAGE - 7 || (kind & 512))
    return __esc_race_host_access(address, site, kind);
  if (address < s->floor) return address;
  bit = 1u << s->context;
  touched = s->touched[(kind >> 8) & 1] + address;
  if (size == 4) {
    two_words *pairs = (two_words *)touched;
    u64 both = (u64)bit << 32 | bit;
    if ((pairs[0] & pairs[1] & both) != both) { pairs[0] |= both; pairs[1] |= both; }
    hit = *(four_bytes *)(s->shared + address);
  } else {
    for (u32 i = 0; i < size; i++) { touched[i] |= bit; hit |= s->shared[address + i]; }
  }
  return hit ? __esc_race_host_access(address, site, kind) : address;
}
TO_HOST("stored") void __esc_race_do_stored(u32 site) { __esc_race_host_stored(site); }
TO_HOST("round") void __esc_race_do_round(u32 site) { __esc_race_host_round(site); }
TO_HOST("begins") void __esc_race_do_begins(u32 function, u32 argument) { __esc_race_host_begins(function, argument); }
TO_HOST("tick") void __esc_race_do_tick(void) {
  if (--__esc_race_memory.fuel == 0) __esc_race_host_fuel();
}
`;

/** Where the members of the hooks' state are, in bytes from its begin. */
export const stateLayout = {
  /** How many bytes of the program are watched. */
  watchedBytes: 0x100000,
  /** Who read each byte: 4 bytes each. */
  readers: 0,
  /** Who wrote each byte. */
  writers: 0x400000,
  /** Which bytes are shared: 1 byte each. */
  shared: 0x800000,
  /** The running context. */
  context: 0x900000,
  /** Where the running handler's own stack ends. */
  floor: 0x900004,
  /** Accesses of the run so far. */
  accesses: 0x900008,
  /** Rounds of loops that the run may still make: 64 bits. */
  fuel: 0x900010,
  /** Room for values on their way: 16 bytes for each context on the stack. */
  scratch: 0x900018,
} as const;
