/** What an error was caused by, as the language's own errors take it. */
export interface ErrorCause {
  /** What lies under it. */
  readonly cause?: unknown;
}

/**
 * What the error classes of all Escapement packages have in common: a `code` from the package's
 * closed list, and a `hint`. Distinguished by `code`, never by message.
 */
export class CodedError<Code extends string> extends Error {
  /** Which of the closed list it is. */
  readonly code: Code;
  /** What to do about it, for a person. */
  readonly hint: string;

  /** Makes an error; `cause` keeps what lies under it. */
  constructor(code: Code, message: string, hint: string, options?: ErrorCause) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** One situation that is an error: its code, and its texts with `{names}` for what differs. */
export interface ErrorRow<Code extends string = string> {
  /** The code from the closed list. Several situations may share one. */
  readonly code: Code;
  /** What was wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** The names in braces in a text; braces around something with a space are braces. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** What a row's maker takes: a value for each name in its texts, then the cause. */
export type RowArguments<Row extends ErrorRow> = [NamesIn<Row["message"] | Row["hint"]>] extends [
  never,
]
  ? [values?: Readonly<Record<string, never>>, options?: ErrorCause]
  : [
      values: Readonly<Record<NamesIn<Row["message"] | Row["hint"]>, string | number>>,
      options?: ErrorCause,
    ];

/** A maker of errors for each row, and the rows themselves, for documentation. */
export type ErrorTable<Made, Rows extends Readonly<Record<string, ErrorRow>>> = {
  readonly [Name in keyof Rows]: (...given: RowArguments<Rows[Name]>) => Made;
} & {
  /** The rows as they were declared. */
  readonly rows: Rows;
};

/**
 * Declares the errors of a package once: each row becomes a function that makes the error, with
 * values in place of the `{names}` in its message and hint.
 *
 * @example
 * ```ts
 * import { CodedError, errorTable } from "@escapement/core";
 *
 * class LampError extends CodedError<"too-bright"> {
 *   override readonly name = "LampError";
 * }
 * const lampErrors = errorTable(LampError, {
 *   tooBright: { code: "too-bright", message: "{percent} % is too bright", hint: "Give at most 80." },
 * });
 * export const refusal = lampErrors.tooBright({ percent: 90 }); // "90 % is too bright"
 * ```
 */
export function errorTable<
  Code extends string,
  Made extends CodedError<Code>,
  const Rows extends Readonly<Record<string, ErrorRow<Code>>>,
>(
  errorClass: new (code: Code, message: string, hint: string, options?: ErrorCause) => Made,
  rows: Rows,
): ErrorTable<Made, Rows> {
  const makers = Object.entries(rows).map(([name, { code, message, hint }]) => [
    name,
    (values: Readonly<Record<string, string | number>> = {}, options?: ErrorCause) =>
      new errorClass(code, filled(message, values), filled(hint, values), options),
  ]);
  return { ...Object.fromEntries(makers), rows };
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}
