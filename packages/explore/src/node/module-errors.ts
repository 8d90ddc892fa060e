import { errorTable } from "@escapement/core";
import { ExploreError } from "../explore-errors.js";

/** The errors of modules that a search imports. */
export const moduleErrors = errorTable(ExploreError, {
  noFile: {
    code: "cannot-run",
    message: "The module {name} cannot be imported: there is no such file",
    hint: "Give the path of a file, from the folder that the command runs in.",
  },
  notImported: {
    code: "cannot-run",
    message: "The module {name} cannot be imported: {why}",
    hint: "Is it an ES module that Node can read, and is what it imports installed?",
  },
  noJobs: {
    code: "cannot-run",
    message: "The module {name} exports no function jobs",
    hint: "Export `jobs(data)`, which returns an array of objects with target and cases.",
  },
  jobsThrew: {
    code: "cannot-run",
    message: "jobs() of {name} threw: {why}",
    hint: "Look at what the module does with its data.",
  },
  jobsNoArray: {
    code: "cannot-run",
    message: "jobs() of {name} returned no array",
    hint: "Return an array of objects with target and cases.",
  },
  targetThrew: {
    code: "cannot-run",
    message: "The target {name} cannot be put up: {why}",
    hint: "Look at the target's boot function and at the options of its chip.",
  },
  noTarget: {
    code: "cannot-run",
    message: "{name} has no target for {profiles}",
    hint: "Export one or more targets as default; see driverTarget and halTarget.",
  },
  otherTargets: {
    code: "cannot-run",
    message: "{name} has no target for {profiles}",
    hint: "It has {has}.",
  },
  makerThrew: {
    code: "cannot-run",
    message: "The function that {name} exports as default threw: {why}",
    hint: "It was asked for the targets of {profiles}.",
  },
  notATarget: {
    code: "cannot-run",
    message: "The default export of {name} is no target",
    hint: "Export what driverTarget or halTarget of @escapement/explore returns, an array of these, or a function of a profile's name.",
  },
});
