import type { Verdict } from "../law.js";

/** What a piece of text in the terminal means; the caller gives it its looks. */
export type TextRole = Verdict | "title" | "quiet";

/** Gives text its looks, without changing its width. */
export type Styler = (role: TextRole, text: string) => string;

/** No looks at all: for files, pipes and tests. */
export const plainStyler: Styler = (_role, text) => text;
