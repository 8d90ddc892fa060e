/** The world outside, as the commands need it; tests put their own in its place. */
export interface CliIo {
  /** Where results go. */
  readonly stdout: CliStream;
  /** Where progress, notes and errors go. */
  readonly stderr: CliStream;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back when the user wants to end (SIGINT, SIGTERM); returns how to stop listening. */
  onInterrupt(callback: () => void): () => void;
  /** A clock in milliseconds that never goes back. */
  nowMs(): number;
  /** The commit of the folder that it is run in; nothing where none is known. */
  gitCommit(): string | undefined;
  /** Ends the process at once, for a user who does not want to wait. */
  exit(exitCode: number): void;
  /** Makes the folder of a file that is to be written; throws where that cannot be. */
  prepareFile(path: string): void;
  /** Reads a whole file; throws where that cannot be. */
  readFile(path: string): string;
  /** Writes a whole file. */
  writeFile(path: string, text: string): void;
}

/** Where text goes. */
export interface CliStream {
  /** Whether a person looks at it as it comes. */
  readonly isTty: boolean;
  /** Its width; 120 where there is none. */
  readonly columns: number;
  /** Writes text as it is. */
  write(text: string): void;
}
