import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server in the place of the store behind ECR. */
export interface LayerStore {
  readonly origin: string;
  /** The headers of each request so far. */
  readonly seen: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Starts a server that answers as a test wants. */
export async function startLayerStore(answer: RequestListener): Promise<LayerStore> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, seen, close };
}

/** Starts an ECR that hands all on to another one, but names this address for each layer. */
export function startMisleadingEcr(origin: string, downloadUrl: string): Promise<LayerStore> {
  return startLayerStore((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const target = String(request.headers["x-amz-target"]);
      const type = "application/x-amz-json-1.1";
      if (target.endsWith(".GetDownloadUrlForLayer")) {
        response.writeHead(200, { "content-type": type });
        response.end(JSON.stringify({ downloadUrl }));
        return;
      }
      const headers = {
        "content-type": type,
        "x-amz-target": target,
        authorization: request.headers.authorization ?? "",
      };
      const answer = await fetch(origin, { method: "POST", headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, { "content-type": type });
      response.end(await answer.text());
    })();
  });
}
