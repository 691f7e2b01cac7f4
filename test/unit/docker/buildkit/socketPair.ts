import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** Opens both ends of one local connection, gone when the test ends. */
export async function socketPair(): Promise<readonly [near: net.Socket, far: net.Socket]> {
  const folder = await mkdtemp(path.join(tmpdir(), "ecr-wire-"));
  const server = net.createServer();
  const place =
    process.platform === "win32" ? `\\\\.\\pipe\\${path.basename(folder)}` : `${folder}/s`;
  await new Promise<void>((resolve) => server.listen(place, resolve));
  const accepted = new Promise<net.Socket>((resolve) => server.once("connection", resolve));
  const near = net.connect(place);
  const far = await accepted;
  server.close();
  onTestFinished(async () => {
    near.destroy();
    far.destroy();
    await rm(folder, { recursive: true, force: true });
  });
  return [near, far];
}
