import type { LawId } from "@escapement/conformance";

/** Laws that kill no bug of the museum, and why each stays in the catalogue. */
export const keptLaws: Readonly<Partial<Record<LawId, string>>> = {};
