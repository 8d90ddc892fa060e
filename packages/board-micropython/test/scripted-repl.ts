import { memoryPair, type Transport } from "@escapement/board-serial";

/** What a scripted board prints for a piece of Python, and its traceback; nothing where it hangs. */
export type Script = (
  source: string,
) => { readonly out?: string; readonly traceback?: string } | undefined;

/** A board whose raw REPL does what a test says. */
export function scriptedRepl(script: Script): {
  readonly host: Transport;
  readonly unplug: () => void;
  readonly plug: () => void;
} {
  const { host, device } = memoryPair("the script");
  const say = (text: string): void => device.write(Uint8Array.from(Buffer.from(text, "latin1")));
  const prompt = "raw REPL; CTRL-B to exit\r\n>";
  let typed = "";
  let isPasting = false;
  let isHung = false;
  device.onData = (bytes) => {
    for (const byte of bytes) {
      if (isHung) return;
      const isControl = [1, 3, 4].includes(byte);
      if (!isControl) {
        typed += String.fromCharCode(byte);
        if (isPasting && typed.length % 128 === 0) say("\x01");
        continue;
      }
      const source = typed;
      typed = "";
      if (byte === 1 && source === "\x05A") {
        isPasting = true;
        say("R\x01\x80\x00\x01");
      } else if (byte === 1) {
        say(prompt);
      } else if (byte === 3) {
        isPasting = false;
      } else if (source === "" && !isPasting) {
        say(`OK\r\nsoft reboot\r\n${prompt}`);
      } else {
        isPasting = false;
        const done = script(source);
        if (done === undefined) isHung = true;
        else say(`\x04${done.out ?? ""}\x04${done.traceback ?? ""}\x04>`);
      }
    }
  };
  return { host, unplug: () => device.unplug("unplugged"), plug: () => device.plug() };
}

/** Confirms each piece of the agent as the loader would. */
export function confirmed(source: string): string {
  const sums = [...source.matchAll(/load\((\d+),/g)].map(([, sum]) => Number(sum));
  return sums.map((sum) => (sum === 2 ? "~bad.2~" : `~ok.${sum.toString(16)}~`)).join("\r\n");
}
