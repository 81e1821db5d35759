import { PassThrough, Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { DecoderPipes } from "./decoder-pipes.js";

const noWatch = (): (() => void) => () => undefined;

test("pieces come out as they were asked for, however they arrived", async () => {
  const pipe = new DecoderPipes(noWatch).add(
    Readable.from([Buffer.from("ab"), Buffer.from("cdef\ngh"), Buffer.from("i")]),
  );
  expect((await pipe.read(3))?.toString()).toBe("abc");
  expect(await pipe.readUntil("\n")).toBe("def");
  expect((await pipe.read(3))?.toString()).toBe("ghi");
  expect(await pipe.read(1)).toBeUndefined();
  expect(await pipe.readUntil("\n")).toBeUndefined();
});

test("large pieces are filled in, and what follows them is not touched", async () => {
  const pipe = new DecoderPipes(noWatch).add(
    Readable.from([Buffer.from("ab"), Buffer.from("cdef"), Buffer.from("gh")]),
  );
  const [first, second, third] = [new Uint8Array(3), new Uint8Array(4), new Uint8Array(2)];
  expect(await pipe.readInto(first)).toBe(true);
  expect(await pipe.readInto(second)).toBe(true);
  expect(Buffer.concat([first, second]).toString()).toBe("abcdefg");
  expect(await pipe.readInto(third)).toBe(false);
});

describe("back-pressure", () => {
  test("a source is read ahead by a bounded amount while nobody waits", async () => {
    let produced = 0;
    const endless = new Readable({
      read() {
        produced += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    const pipe = new DecoderPipes(noWatch).add(endless);
    await pipe.read(10);
    for (let turn = 0; turn < 500; turn++) await nextTurn();
    expect(produced).toBeLessThan(2 * 1024 * 1024);

    // And it goes on when it is wanted again.
    for (let piece = 0; piece < 40; piece++) expect((await pipe.read(100_000))?.length).toBe(100_000);
    expect(produced).toBeGreaterThan(4_000_000);
  });

  test("while one pipe is waited for the others flow, so that a writer which fills them in turn is not stuck", async () => {
    const pipes = new DecoderPipes(noWatch);
    const [first, second] = [new PassThrough(), new PassThrough()];
    const [wanted, other] = [pipes.add(first), pipes.add(second)];
    const write = async (): Promise<void> => {
      for (let piece = 0; piece < 100; piece++) {
        if (!second.write(Buffer.alloc(65_536))) await new Promise((resolve) => second.once("drain", resolve));
      }
      first.write("now");
    };
    const written = write();
    expect((await wanted.read(3))?.toString()).toBe("now");
    await written;
    expect((await other.read(6_553_600))?.length).toBe(6_553_600);
  });
});

test("a failure ends the read that waits and every later one", async () => {
  const pipes = new DecoderPipes(noWatch);
  const pipe = pipes.add(new PassThrough());
  const waiting = pipe.read(1);
  pipes.fail(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(pipe.read(1)).rejects.toThrow("enough");
});
