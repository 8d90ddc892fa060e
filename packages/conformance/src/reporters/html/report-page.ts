import { drawingStyle, escapeText } from "@escapement/timeline";

/** What {@link reportPage} puts together. */
export interface ReportPage {
  /** The page's title and first heading, as text. */
  readonly title: string;
  /** Style rules of its own, after the colours and before `drawingStyle`. */
  readonly style: string;
  /** What comes under the heading, as markup. */
  readonly body: string;
  /** A script at its end; none where it is absent, and none is allowed then. */
  readonly script?: string;
}

/**
 * Colours by the reader's light or dark setting, as custom properties. Sets the page's `color-scheme`,
 * which the drawings follow.
 */
const pageBaseStyle = `:root {
  color-scheme: light;
  --ground: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d5dae0; --panel: #f6f7f9;
  --pass: #1a7f37; --fail: #c0182b; --skip: #6e7781; --error: #9a5b00; --link: #1f5fbf;
  --failground: #fdf0f1;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #15181c; --text: #e2e5ea; --quiet: #9aa4af; --line: #343a42; --panel: #1c2025;
    --pass: #57c478; --fail: #ff7a85; --skip: #8b949e; --error: #f0a94a; --link: #7fb2ff;
    --failground: #2a1b1e;
  }
}
* { box-sizing: border-box; }
`;

/**
 * Writes an HTML file that needs nothing else: it may use what it carries, and nothing is fetched.
 *
 * The colours of ground, text and verdicts are there as custom properties (`--ground`, `--text`,
 * `--pass`, `--fail` and so on), light or dark as the reader has it, and so is the style of drawings.
 *
 * @example
 * ```ts
 * import { reportPage } from "@escapement/conformance";
 *
 * const style = "body { background: var(--ground); color: var(--text); }\n";
 * console.log(reportPage({ title: "Tonight", style, body: "<p>All is well.</p>" }));
 * ```
 */
export function reportPage({ title, style, body, script }: ReportPage): string {
  const heading = escapeText(title);
  const scripts = script === undefined ? "" : "; script-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${scripts}">
<title>${heading}</title>
<style>
${pageBaseStyle}${style}${drawingStyle}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${body}
</main>
${script === undefined ? "" : `<script>\n${script}</script>\n`}</body>
</html>
`;
}
