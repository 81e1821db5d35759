import type { Costs } from "../costs.js";
import type { ChosenName } from "../inputs.js";
import { findLimits, type Limit } from "./find-limits.js";
import type { Step } from "./ledger.js";
import { planBill } from "./plan-bill.js";
import { planCovers, type CoverPlan } from "./plan-covers.js";
import { planEvents } from "./plan-events.js";
import { planInputs, type PlanInputs } from "./plan-inputs.js";
import { planStorage, type StoragePlan } from "./plan-storage.js";

export interface Plan {
  readonly inputs: PlanInputs;
  readonly covers: CoverPlan;
  readonly storage: StoragePlan;
  readonly events: readonly Step[];
  readonly bill: readonly Step[];
  readonly limits: readonly Limit[];
}

export function makePlan(costs: Costs, changes: Partial<Record<ChosenName, number>> = {}): Plan {
  const inputs = planInputs(costs, changes);
  const covers = planCovers(inputs);
  const storage = planStorage(inputs, covers);
  const events = planEvents(inputs, covers);
  return {
    ...{ inputs, covers, storage, events: events.steps },
    bill: planBill(inputs, covers, storage, events),
    limits: findLimits(inputs, covers),
  };
}
