import { parse } from "yaml";

/** A value of a parsed workflow; numbers and booleans stay text. */
type Yaml = string | readonly Yaml[] | YamlMap;

/** A mapping, in the order of the file. */
export interface YamlMap {
  readonly [key: string]: Yaml;
}

/** What the workflows may use beyond reading the repository, by file. */
export interface WorkflowRules {
  /** Write permissions that a job may have. */
  readonly writes: readonly string[];
  /** Secrets that may be named. */
  readonly secrets: readonly string[];
}

const LOCAL = /^\.\/\.github\/workflows\/[\w-]+\.yml$/;
const PINNED_ACTION = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const PINNED_IMAGE = /^[\w./-]+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/;
const USES_LINE = /^\s*(?:- )?uses: +(\S+)(?: +# (.*))?$/;
const VERSION_COMMENT = /^v\d+\.\d+\.\d+$/;

/** Reads a workflow; throws with the line where it is no YAML, or no mapping. */
export function parseWorkflow(text: string): YamlMap {
  const value: Yaml = parse(text, { schema: "failsafe" });
  if (!isMap(value)) throw new Error("line 1: not a mapping");
  return value;
}

function isMap(value: Yaml | undefined): value is YamlMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A workflow's jobs, by name. */
export function jobsOf(workflow: YamlMap): [string, YamlMap][] {
  const jobs = workflow.jobs;
  if (!isMap(jobs)) return [];
  return Object.entries(jobs).filter((entry): entry is [string, YamlMap] => isMap(entry[1]));
}

/** A job's steps; none for a job that calls another workflow. */
export function stepsOf(job: YamlMap): YamlMap[] {
  return Array.isArray(job.steps) ? job.steps.filter(isMap) : [];
}

function lintUses(text: string): string[] {
  const found: string[] = [];
  for (const line of text.split("\n")) {
    const [, action, comment = ""] = USES_LINE.exec(line) ?? [];
    if (action === undefined || LOCAL.test(action)) continue;
    if (!PINNED_ACTION.test(action)) found.push(`${action} is not pinned by a full commit SHA`);
    else if (!VERSION_COMMENT.test(comment)) found.push(`${action} has no comment '# vX.Y.Z'`);
  }
  return found;
}

function lintPermissions(where: string, permissions: Yaml | undefined, allowed: readonly string[]) {
  if (!isMap(permissions)) return [`${where}: permissions are not listed one by one`];
  return Object.entries(permissions)
    .filter(([scope, access]) => access !== "read" && !allowed.includes(scope))
    .map(([scope, access]) => `${where}: '${scope}: ${String(access)}' is not allowed here`);
}

function lintStep(where: string, step: YamlMap): string[] {
  const found: string[] = [];
  const options = isMap(step.with) ? step.with : {};
  const action = typeof step.uses === "string" ? step.uses : "";
  if (action.startsWith("actions/checkout@") && options["persist-credentials"] !== "false") {
    found.push(`${where}: checkout leaves its token in the folder`);
  }
  if (typeof step.run === "string" && step.run.includes("${{")) {
    found.push(`${where}: an expression inside a command can inject code; use env`);
  }
  return found;
}

function lintJob(name: string, job: YamlMap, rules: WorkflowRules): string[] {
  const found = lintPermissions(name, job.permissions, rules.writes);
  if (job.uses !== undefined) return found;
  if (!/^\d+$/.test(String(job["timeout-minutes"]))) found.push(`${name}: no timeout-minutes`);
  if (typeof job.container === "string" && !PINNED_IMAGE.test(job.container)) {
    found.push(`${name}: the container is not pinned by its digest`);
  }
  if (stepsOf(job).length === 0) found.push(`${name}: no steps`);
  return found.concat(stepsOf(job).flatMap((step) => lintStep(name, step)));
}

/** Everything that is wrong with a workflow, in words; empty when it keeps the rules. */
export function lintWorkflow(text: string, rules: WorkflowRules): string[] {
  const workflow = parseWorkflow(text);
  const found = lintUses(text);
  if (!isMap(workflow.permissions) || Object.keys(workflow.permissions).length > 0) {
    found.push("permissions at the top are not {}: each job lists its own");
  }
  if (!isMap(workflow.concurrency)) found.push("no concurrency group");
  if (isMap(workflow.on) && "pull_request_target" in workflow.on) {
    found.push("pull_request_target runs a stranger's code with our secrets");
  }
  for (const [, secret = ""] of text.matchAll(/\bsecrets\.(\w+)/g)) {
    if (!rules.secrets.includes(secret)) found.push(`secret ${secret} is not expected`);
  }
  if (/secrets: *inherit|secrets\[/.test(text)) found.push("secrets are passed on unnamed");
  return found.concat(jobsOf(workflow).flatMap(([name, job]) => lintJob(name, job, rules)));
}
