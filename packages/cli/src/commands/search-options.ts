import { flag, jsonOutput, parsed, text } from "../option.js";

/** The options that a search has on either machine; each command puts them into its own order. */
export const searchOptions = {
  first: flag("ends at the first finding"),
  shard: parsed({
    value: "<i/n>",
    about: "only this share of the search",
    example: "2/8",
    expected: "i/n with 1 ≤ i ≤ n",
    parse: shardOf,
    format: ({ index, count }) => `${index}/${count}`,
  }),
  resume: text({
    value: "<file>",
    about: "goes on where a partial report ends",
    example: "out.json",
  }),
  merge: flag("joins the reports that are given as files"),
  json: jsonOutput("the report; a partial one after Ctrl-C"),
  coverage: text({
    value: "<file>",
    about: "what was searched, as a Markdown page",
    example: "out.md",
  }),
  value: parsed({
    value: "<n>",
    about: "which case of the law, where it has several",
    example: "12",
    expected: "a number",
    parse: (given) => (/^-?\d+(\.\d+)?$/.test(given) ? Number(given) : undefined),
  }),
};

function shardOf(given: string): { readonly index: number; readonly count: number } | undefined {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(given) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}
