/** The stack grows down to address 0: below this it is full. */
export const STACK_FULL_BELOW = 1024;
