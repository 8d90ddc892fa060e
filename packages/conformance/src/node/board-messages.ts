import type { BoardDescription, BoardErrorCode, Program, Trace } from "@escapement/scenario";

/** What a board's thread is born with. */
export interface ThreadSetup {
  /** URL of the board's module. */
  readonly module: string;
  /** Name of the export that is the board, or makes it. */
  readonly exportName: string;
  /** What a function is called with. */
  readonly data: unknown;
  /** URL of a module whose `load(url)` imports the board's; Node's own `import` when absent. */
  readonly loader: string | undefined;
  /** How long the board may take to describe itself, in milliseconds. */
  readonly describeMs: number;
  /** The memory of an `ActivityTrail`. */
  readonly trail: SharedArrayBuffer;
  /** So often a thread that waits gives a sign of life, in milliseconds. */
  readonly beatMs: number;
}

/** What a board's thread is asked; it replies to each before the next, but for `abort`, which has no reply. */
export type ThreadRequest =
  | { readonly kind: "open" }
  | { readonly kind: "reset" }
  | { readonly kind: "run"; readonly program: Program; readonly timeoutMs: number | undefined }
  | { readonly kind: "abort" }
  | { readonly kind: "close" };

/** What it replies. */
export type ThreadReply =
  | { readonly kind: "opened"; readonly description: BoardDescription }
  | { readonly kind: "done" }
  | { readonly kind: "ran"; readonly trace: Trace }
  /** The board rejected. */
  | {
      readonly kind: "board-error";
      readonly code: BoardErrorCode;
      readonly message: string;
      readonly hint: string;
    }
  /** The module has no board in it. */
  | { readonly kind: "bad-module"; readonly message: string; readonly hint: string };
