import type { CohortCommands } from "../../model/cohorts.js";
import type { Deciders } from "../../model/decider.js";
import { defineCohort, dropCohort } from "./define.js";
import { addToCohort, removeFromCohort } from "./lists.js";

/** How the commands of cohorts are decided. */
export const cohortDeciders: Deciders<keyof CohortCommands> = {
  "cohort.define": defineCohort,
  "cohort.drop": dropCohort,
  "cohort.add": addToCohort,
  "cohort.remove": removeFromCohort,
};
