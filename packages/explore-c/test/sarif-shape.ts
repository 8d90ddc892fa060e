/** Members that SARIF 2.1.0 requires, and what they are, by the objects that are written here. */
type Shape = Readonly<Record<string, (value: unknown) => string | undefined>>;

const isText = (value: unknown) =>
  typeof value === "string" && value !== "" ? undefined : "no text";
const isLine = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 1 ? undefined : "no line";
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value) ? undefined : `none of ${values.join(", ")}`;

function all(shape: (value: unknown) => string | undefined, least = 0) {
  return (value: unknown): string | undefined => {
    if (!Array.isArray(value) || value.length < least) return "no list";
    return value.map((each) => shape(each)).find((wrong) => wrong !== undefined);
  };
}

/** An object whose required members are all there and fit, whose optional ones fit, and that has no others. */
function object(required: Shape, optional: Shape = {}) {
  return (value: unknown): string | undefined => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "no object";
    const members = value as Readonly<Record<string, unknown>>;
    const known: Shape = { ...required, ...optional };
    for (const name of Object.keys(required)) if (!(name in members)) return `lacks ${name}`;
    for (const [name, member] of Object.entries(members)) {
      const shape = known[name];
      if (shape === undefined) return `has ${name}`;
      const wrong = shape(member);
      if (wrong !== undefined) return `${name}: ${wrong}`;
    }
    return undefined;
  };
}

const bag = (value: unknown) =>
  typeof value === "object" && value !== null ? undefined : "no bag";
const message = object({ text: isText });
const region = object({ startLine: isLine }, { startColumn: isLine });
const artifactLocation = object({
  uri: (value) =>
    typeof value === "string" && /^(?:[\w.~%-]|\/)+$/.test(value) ? undefined : "no reference",
});
const physicalLocation = object({ artifactLocation, region });
const logicalLocation = object({ fullyQualifiedName: isText, kind: oneOf("function") });
const location = object(
  { physicalLocation },
  { message, logicalLocations: all(logicalLocation, 1) },
);
const threadFlow = object({ locations: all(object({ location }), 1) });
const result = object(
  {
    message,
    ruleId: isText,
    ruleIndex: (value) => (Number.isInteger(value) && Number(value) >= 0 ? undefined : "no index"),
    level: oneOf("none", "note", "warning", "error"),
  },
  {
    locations: all(location, 1),
    codeFlows: all(object({ threadFlows: all(threadFlow, 1) }), 1),
    stacks: all(object({ frames: all(object({ location }), 1) }), 1),
    properties: bag,
  },
);
const rule = object({ id: isText, shortDescription: message });
const tool = object({ driver: object({ name: isText, version: isText, rules: all(rule, 1) }) });
const run = object(
  { tool, results: all(result) },
  { columnKind: oneOf("utf16CodeUnits"), properties: bag },
);
const log = object({ version: oneOf("2.1.0"), runs: all(run, 1) }, { $schema: isText });

/** What is wrong with a SARIF file; nothing where it has what the format requires, and only what it knows. */
export function sarifFault(text: string): string | undefined {
  const parsed: unknown = JSON.parse(text);
  const wrong = log(parsed);
  if (wrong !== undefined) return wrong;
  for (const { results, tool: of } of (parsed as SarifText).runs) {
    for (const each of results) {
      if (of.driver.rules[each.ruleIndex]?.id !== each.ruleId)
        return `${each.ruleId}: no such rule`;
    }
  }
  return undefined;
}

interface SarifText {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}
