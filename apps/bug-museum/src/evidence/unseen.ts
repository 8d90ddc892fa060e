/** Bugs of the museum that random programs do not notice in a trace, and why; checked by `pnpm power`. */
export const unseenBugs: Readonly<Record<string, string>> = {};
