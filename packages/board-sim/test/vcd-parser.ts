/** A change of one variable, as a dump states it. */
interface VcdChange {
  readonly timeNs: number;
  readonly name: string;
  readonly value: number | string | undefined;
}

/** What a dump says, read by the grammar of IEEE 1364 and by nothing of the recorder's. */
export interface VcdFile {
  readonly timescale: string;
  readonly widths: ReadonlyMap<string, number>;
  /** What each variable is: wire, real, or string, which is GTKWave's extension. */
  readonly types: ReadonlyMap<string, string>;
  readonly changes: readonly VcdChange[];
}

/** Reads a dump; throws at the first thing that is not well-formed. */
export function parseVcd(text: string): VcdFile {
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  const vars = new Map<string, { name: string; bits: number; type: string }>();
  const types = new Map<string, string>();
  const widths = new Map<string, number>();
  const changes: VcdChange[] = [];
  const scopes: string[] = [];
  let timescale = "";
  let index = 0;
  const next = (): string => {
    const token = tokens[index];
    if (token === undefined) throw new Error("the file ends in the middle of something");
    index += 1;
    return token;
  };
  const untilEnd = (): string[] => {
    const words: string[] = [];
    for (let word = next(); word !== "$end"; word = next()) words.push(word);
    return words;
  };
  for (let keyword = next(); keyword !== "$enddefinitions"; keyword = next()) {
    const words = untilEnd();
    if (keyword === "$scope") scopes.push(words[1] ?? "");
    else if (keyword === "$upscope") scopes.pop();
    else if (keyword === "$timescale") timescale = words.join(" ");
    else if (keyword === "$var") {
      const [type, bits, id, name] = words;
      if (
        type === undefined ||
        !/^(wire|real|string)$/.test(type) ||
        id === undefined ||
        vars.has(id)
      )
        throw new Error(`bad $var ${words}`);
      const full = [...scopes, name].join(".");
      if (widths.has(full)) throw new Error(`${full} twice`);
      vars.set(id, { name: full, bits: Number(bits), type });
      types.set(full, type);
      widths.set(full, Number(bits));
    } else if (keyword !== "$version" && keyword !== "$comment") {
      throw new Error(`unknown ${keyword}`);
    }
  }
  if (scopes.length > 0) throw new Error("a scope is open");
  untilEnd();
  let timeNs = 0;
  while (index < tokens.length) {
    const token = next();
    if (token === "$dumpvars" || token === "$end") continue;
    if (token.startsWith("#")) {
      const time = Number(token.slice(1));
      if (!(time >= timeNs)) throw new Error(`time goes back to ${token}`);
      timeNs = time;
      continue;
    }
    const isVector = /^[brs]/.test(token);
    const digits = isVector ? token.slice(1) : token.slice(0, 1);
    const id = isVector ? next() : token.slice(1);
    const variable = vars.get(id);
    if (variable === undefined) throw new Error(`${token} for a variable that is not declared`);
    const { name, type } = variable;
    if ((token.startsWith("r") ? "real" : token.startsWith("s") ? "string" : "wire") !== type)
      throw new Error(`${token} does not fit ${name}`);
    if (type === "string") {
      changes.push({ timeNs, name, value: digits });
      continue;
    }
    if (type === "real") {
      const value = Number(digits);
      if (digits === "" || !Number.isFinite(value)) throw new Error(`${token} is no real`);
      changes.push({ timeNs, name, value });
      continue;
    }
    if (
      !/^(x|[01]+)$/.test(digits) ||
      digits.length > variable.bits ||
      isVector === (variable.bits === 1)
    )
      throw new Error(`${token} does not fit ${name}`);
    const value = digits === "x" ? undefined : Number.parseInt(digits, 2);
    changes.push({ timeNs, name, value });
  }
  return { timescale, widths, types, changes };
}
