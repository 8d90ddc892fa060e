import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const ajv = new Ajv2020({ allErrors: true, validateFormats: false });

/** The packages that write JSON documents, each with a folder of schemas. */
const folders = ["conformance", "explore", "explore-avr", "cli"].map(
  (name) => new URL(`../../${name}/schema/`, import.meta.url),
);

/** Every schema that is published, by the name of its file. */
export const schemas: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map(
  folders.flatMap((folder) =>
    readdirSync(folder).map(
      (name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8"))] as const,
    ),
  ),
);

/**
 * A published schema lets members pass that it does not know, as later versions of Escapement may add some. The
 * tests do not: what a report has is described.
 */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const members = Object.entries(schema).map(([name, member]) => [name, strict(member)]);
  const isClosed = "properties" in schema && !("additionalProperties" in schema);
  return Object.fromEntries([...members, ...(isClosed ? [["additionalProperties", false]] : [])]);
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(name: string, isStrict: boolean, schema: object): ValidateFunction {
  const key = `${name} ${isStrict}`;
  const known = validators.get(key);
  if (known !== undefined) return known;
  // Its own name would be known twice.
  const { $id: _, ...rest } = (isStrict ? strict(schema) : schema) as { readonly $id: string };
  const made = ajv.compile(rest);
  validators.set(key, made);
  return made;
}

/**
 * What is wrong with a document by the schema that it names itself; nothing where it is valid. `isStrict` also
 * refuses members that the schema does not describe.
 */
export function schemaProblems(text: string, isStrict = true): readonly string[] {
  const document: { readonly $schema?: string } = JSON.parse(text);
  const name = document.$schema?.split("/").at(-1) ?? "";
  const schema = schemas.get(name);
  if (schema === undefined) return [`there is no schema ${name}`];
  const validate = validatorOf(name, isStrict, schema);
  validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
