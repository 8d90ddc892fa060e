/*
 * Hooks for code that is only run, not searched: the host is called for addresses that are no memory, which
 * are registers or wild, and when the rounds of loops that were allowed are used up.
 *
 * Linked last: what lies below its state is the program's memory.
 */
typedef unsigned char u8;
typedef unsigned int u32;
#define FROM_HOST(n) __attribute__((import_module("escapement"), import_name(n)))
#define TO_HOST(n) __attribute__((export_name("__esc_race_" n)))
#define NULL_PAGE 256u
FROM_HOST("access") extern u32 __esc_race_host_access(u32 address, u32 site, u32 kind);
FROM_HOST("stored") extern void __esc_race_host_stored(u32 site);
FROM_HOST("fuel") extern void __esc_race_host_fuel(void);
struct __esc_race_state {
    u32 fuel, stored;
    u8 scratch[16 * 64];
} __attribute__((aligned(16))) __esc_race_memory;
TO_HOST("state") struct __esc_race_state *__esc_race_get_state(void) { return &__esc_race_memory; }
TO_HOST("check") u32 __esc_race_do_check(u32 address, u32 site, u32 kind) {
    if (address - NULL_PAGE < (u32)&__esc_race_memory - NULL_PAGE - 7 && !(kind & 512)) return address;
    return __esc_race_host_access(address, site, kind);
}
TO_HOST("stored") void __esc_race_do_stored(u32 site) {
    if (__esc_race_memory.stored) __esc_race_host_stored(site);
}
TO_HOST("tick") void __esc_race_do_tick(void) {
    if (--__esc_race_memory.fuel == 0) __esc_race_host_fuel();
}
TO_HOST("begins") void __esc_race_do_begins(u32 function, u32 argument) {
    (void)function;
    (void)argument;
}
TO_HOST("round") void __esc_race_do_round(u32 site) {
    (void)site;
    __esc_race_do_tick();
}
