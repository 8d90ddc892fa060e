/**
 * How the style sheet of a report page begins: the colours of ground, text and verdicts as custom
 * properties, by the reader's light or dark setting, and boxes sized with their borders.
 *
 * It sets the page's `color-scheme`, which {@link drawingStyle} follows. What is made of the colours is
 * for each page to say; only the properties are promised.
 */
export const pageBaseStyle = `:root {
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
