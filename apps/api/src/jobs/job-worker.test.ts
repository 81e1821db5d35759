import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { JobWorker, type JobSource } from "./job-worker.js";

interface Job {
  readonly film: string;
}

const log = pino({ level: "silent" });
let worker: JobWorker<Job> | undefined;
afterEach(async () => {
  worker?.stop();
  await worker?.ended();
});

/** A queue that holds these jobs, and what it was told of them. */
function queueOf(...films: string[]) {
  const left = films.map((film) => ({ id: `job of ${film}`, name: "films", data: { film }, expireInSeconds: 60 }));
  const told: unknown[] = [];
  const tell = (what: string) => (_: unknown, id: unknown, said?: unknown) => {
    told.push([what, id, ...(said === undefined ? [] : [said])]);
    return Promise.resolve({ jobs: [], requested: 1, affected: 1, updated: 1 });
  };
  const source = {
    fetch: vi.fn((_: string, { batchSize }: { readonly batchSize: number }) =>
      Promise.resolve(left.splice(0, batchSize)),
    ),
    complete: vi.fn(tell("complete")),
    fail: vi.fn(tell("fail")),
  };
  return { source, told };
}

function startOn(source: object, handle: (job: Job) => Promise<void>, pollingSeconds = 0.01): JobWorker<Job> {
  // The queue above answers what this worker asks, and pg-boss has many more ways to ask.
  worker = new JobWorker<Job>(source as JobSource, { queue: "films", pollingSeconds, handle }, log);
  return worker;
}

test("tells the queue of each job what became of it, one after another", async () => {
  const { source, told } = queueOf("ann's", "bob's");
  const fault = new Error("torn");
  startOn(source, ({ film }) => (film === "ann's" ? Promise.reject(fault) : Promise.resolve()));
  await vi.waitFor(() =>
    expect(told).toEqual([
      ["fail", "job of ann's", fault],
      ["complete", "job of bob's"],
    ]),
  );
});

test("goes on where the end of a job cannot be told, or the queue cannot be asked: the database was away", async () => {
  const { source, told } = queueOf("ann's", "bob's", "cleo's");
  const away = () => Promise.reject(new Error("terminating connection due to administrator command"));
  source.complete.mockImplementationOnce(away);
  source.fetch.mockImplementationOnce(away);
  source.fail.mockImplementationOnce(away);
  startOn(source, ({ film }) => (film === "bob's" ? Promise.reject(new Error("torn")) : Promise.resolve()));
  await vi.waitFor(() => expect(told).toEqual([["complete", "job of cleo's"]]));
});

test("a job that takes longer than it may has failed, and the next one is taken", async () => {
  const { source, told } = queueOf("ann's", "bob's");
  const asked = source.fetch.getMockImplementation();
  source.fetch.mockImplementationOnce(async (...args) => {
    const [job] = (await asked?.(...args)) ?? [];
    return job ? [{ ...job, expireInSeconds: 0.01 }] : [];
  });
  startOn(source, ({ film }) => (film === "ann's" ? new Promise(() => undefined) : Promise.resolve()));
  await vi.waitFor(() =>
    expect(told).toEqual([
      ["fail", "job of ann's", new Error("The job took longer than 0.01 s.")],
      ["complete", "job of bob's"],
    ]),
  );
});

test("looks at once when it is woken, also where that was while it looked", async () => {
  const { source, told } = queueOf();
  const ids = ["job of ann's"];
  const started = startOn(source, () => Promise.resolve(), 3600);
  source.fetch.mockImplementation(() => {
    const jobs = ids.splice(0, 1).map((id) => ({ id, name: "films", data: { film: id }, expireInSeconds: 60 }));
    if (jobs.length > 0) started.wake();
    return Promise.resolve(jobs);
  });
  await vi.waitFor(() => expect(source.fetch).toHaveBeenCalledTimes(1));
  started.wake();
  await vi.waitFor(() => expect(told).toEqual([["complete", "job of ann's"]]));
});

test("ends when what is in work has, and what is abandoned counts as failed", async () => {
  const { source, told } = queueOf("ann's", "bob's");
  let finish = (): void => undefined;
  const handle = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const started = startOn(source, handle);
  await vi.waitFor(() => expect(handle).toHaveBeenCalledTimes(1));
  started.stop();
  await started.abandon();
  expect(told).toEqual([["fail", "job of ann's", { message: "the service has ended" }]]);
  let tell = (): void => undefined;
  source.complete.mockImplementationOnce(
    () => new Promise<never>((_, reject) => (tell = () => reject(new Error("late")))),
  );
  finish();
  await vi.waitFor(() => expect(source.complete).toHaveBeenCalledTimes(1));
  const ended = vi.fn();
  void started.ended().then(ended);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).not.toHaveBeenCalled();
  tell();
  await started.ended();
  expect(source.fetch).toHaveBeenCalledTimes(1);
});
