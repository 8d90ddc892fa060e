/** Random programs until each bug is noticed, the median of three hunts; written by `pnpm power`. */
export const programsToNotice: Readonly<Record<string, number>> = {};
