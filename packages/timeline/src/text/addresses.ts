/**
 * The site's address, with a slash at its end; reports and the command line link to it. It is the one
 * place where the address is written.
 */
export const siteAddress = "https://escapement-timers.github.io/escapement/";

/** The JSON schema of a kind of report in one of its versions, such as `conform` in version 1. */
export function schemaAddress(kind: string, version: number): string {
  return `${siteAddress}schema/${kind}-${version}.schema.json`;
}

/**
 * The page of a law, by its id such as `STOP-04`; undefined for a name that is no law's, such as that of
 * a random program.
 */
export function lawAddress(id: string): string | undefined {
  return /^[A-Z]+-\d+$/.test(id) ? `${siteAddress}laws/${id}.html` : undefined;
}
