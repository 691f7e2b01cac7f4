import { expect, it } from "vitest";
import { EventQueue } from "../../../../src/docker/buildkit/eventQueue.js";

it("hands events over in order, those before the reader, while it waits and while it reads", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.push(2);
  setTimeout(() => {
    queue.push(4);
    queue.push(5);
    queue.end();
  }, 10);
  const read: number[] = [];
  for await (const event of queue.read()) {
    if (event === 2) queue.push(3);
    read.push(event);
  }
  expect(read).toEqual([1, 2, 3, 4, 5]);
});

it("ends at once where nothing came", async () => {
  const queue = new EventQueue<number>();
  queue.end();
  expect((await queue.read().next()).done).toBe(true);
});
