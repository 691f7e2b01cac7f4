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

it("lets those wait who make events, until the reader has caught up or left", async () => {
  const queue = new EventQueue<number>();
  const isOpen = async (): Promise<boolean> =>
    Promise.race([queue.room().then(() => true), Promise.resolve().then(() => false)]);
  for (let index = 0; index < 999; index++) queue.push(index);
  await queue.room();
  queue.push(999);
  let letIn = 0;
  const waiting = queue.room().then(() => letIn++);
  expect(await isOpen()).toBe(false);
  const reader = queue.read();
  for (let index = 0; index < 1000; index++) await reader.next();
  expect(letIn).toBe(0);
  void reader.next();
  await waiting;
  for (let index = 0; index < 1001; index++) queue.push(index);
  await reader.next();
  const again = queue.room();
  await reader.return();
  await again;
});
