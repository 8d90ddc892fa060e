/** No time passes between the two steps of the edit, on a simulated chip as in the agent on this machine. */
const noTimeBetween =
  "Time passes where a port is accessed, and the edit of the list has no access in its middle: no interrupt comes there. The search finds it, as it can hold the processor up at each access to what contexts share.";

/** Bugs of the museum that random programs do not notice in a trace, and why; checked by `pnpm power`. */
export const unseenBugs: Readonly<Record<string, string>> = {
  "sim zephyr-18728": noTimeBetween,
  "native zephyr-18728": noTimeBetween,
};
