import type { CoverPlan } from "./plan-covers.js";
import type { EventPlan } from "./plan-events.js";
import { Ledger, type Step } from "./ledger.js";
import type { PlanInputs } from "./plan-inputs.js";
import type { StoragePlan } from "./plan-storage.js";

const MONTH_HOURS = 730;
const GB = 1e9;

/** A month at the chosen prices. What networks and people cost is not in it. */
export function planBill(
  { of }: PlanInputs,
  covers: CoverPlan,
  storage: StoragePlan,
  events: EventPlan,
): readonly Step[] {
  const ledger = new Ledger();
  const cores = (count: number) => count * of.coreHour * MONTH_HOURS;
  const machines = "machines x cores x 730 h x price of a core";
  const api = ledger.add("API", machines, cores(covers.machines * of.machineCores), "$/month");
  const tier = ledger.add("cache tier", machines, cores(covers.tierMachines * of.machineCores), "$/month");
  const postgres = ledger.add(
    "Postgres",
    `servers x copies x ${of.postgresCores} cores x 730 h x price of a core`,
    cores(storage.partitions * of.replicas * of.postgresCores),
    "$/month",
  );
  const features = ledger.add("feature store", machines, cores(storage.featureMachines * of.machineCores), "$/month");
  const stream = ledger.add(
    "stream",
    "brokers x copies' share is in them; 16 cores each",
    cores(storage.brokers * of.machineCores),
    "$/month",
  );
  const ingest = ledger.add("ingest of what is new", "cores x 730 h x price", cores(events.arrivalCores), "$/month");
  const disks = ledger.add(
    "disks",
    "features + Postgres twice its rows, with copies, x price",
    (storage.diskBytes / GB) * of.diskMonth,
    "$/month",
  );
  const objects = ledger.add(
    "object store",
    "pictures + log, x price",
    (storage.objectBytes / GB) * of.objectMonth,
    "$/month",
  );
  const all = ledger.add(
    "together",
    "",
    api + tier + postgres + features + stream + ingest + disks + objects,
    "$/month",
  );
  const coversPerMonth = of.covers * of.averageLoad * MONTH_HOURS * 3600;
  ledger.add("a million covers", "/ covers/s / average load / 730 h", (all / coversPerMonth) * 1e6, "$");
  return ledger.steps;
}
