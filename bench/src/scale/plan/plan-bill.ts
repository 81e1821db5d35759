import { inFigures } from "../format-quantity.js";
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
  const machines = (count: number) =>
    inFigures`${count} x ${of.machineCores} cores x ${MONTH_HOURS} h x $${of.coreHour}`;
  const api = ledger.add("API", machines(covers.machines), cores(covers.machines * of.machineCores), "$/month");
  const tier = ledger.add(
    "cache tier",
    machines(covers.tierMachines),
    cores(covers.tierMachines * of.machineCores),
    "$/month",
  );
  const postgres = ledger.add(
    "Postgres",
    inFigures`${storage.partitions} x ${of.replicas} copies x ${of.postgresCores} cores x ${MONTH_HOURS} h x $${of.coreHour}`,
    cores(storage.partitions * of.replicas * of.postgresCores),
    "$/month",
  );
  const features = ledger.add(
    "feature store",
    machines(storage.featureMachines),
    cores(storage.featureMachines * of.machineCores),
    "$/month",
  );
  const stream = ledger.add("stream", machines(storage.brokers), cores(storage.brokers * of.machineCores), "$/month");
  const ingest = ledger.add(
    "ingest of what is new",
    inFigures`${events.arrivalCores} cores x ${MONTH_HOURS} h x $${of.coreHour}`,
    cores(events.arrivalCores),
    "$/month",
  );
  const disks = ledger.add(
    "disks",
    inFigures`features, and twice Postgres' rows x ${of.replicas} copies: ${storage.diskBytes / GB} GB x $${of.diskMonth}`,
    (storage.diskBytes / GB) * of.diskMonth,
    "$/month",
  );
  const objects = ledger.add(
    "object store",
    inFigures`pictures and log: ${storage.objectBytes / GB} GB x $${of.objectMonth}`,
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
  ledger.add(
    "a million covers",
    inFigures`/ (${of.covers} covers/s x ${of.averageLoad} x ${MONTH_HOURS} h x 3,600), x a million`,
    (all / coversPerMonth) * 1e6,
    "$",
  );
  return ledger.steps;
}
