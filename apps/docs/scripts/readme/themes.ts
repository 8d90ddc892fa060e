/** The two grounds that a page may have. */
export type Theme = "light" | "dark";

/** Colours of a drawing. */
interface Colours {
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly thread: string;
  readonly interrupt: string;
  readonly bolt: string;
  readonly good: string;
  readonly bad: string;
}

/** An image knows nothing of the page around it, so there is one for each ground. */
export const themes: Readonly<Record<Theme, Colours>> = {
  light: {
    ground: "#ffffff",
    line: "#d0d7de",
    text: "#24292f",
    quiet: "#57606a",
    thread: "#1f5fbf",
    interrupt: "#0f7b6c",
    bolt: "#9a4f00",
    good: "#0b6b5e",
    bad: "#b3152a",
  },
  dark: {
    ground: "#15181c",
    line: "#3d444d",
    text: "#e2e5ea",
    quiet: "#a9b2bc",
    thread: "#7fb2ff",
    interrupt: "#4fd1bd",
    bolt: "#f0a94a",
    good: "#5ed3c1",
    bad: "#ff8a94",
  },
};
