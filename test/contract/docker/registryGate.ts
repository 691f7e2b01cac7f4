import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A door in front of a registry, at a host of its own, that notes who shows what. */
export interface RegistryGate {
  readonly host: string;
  /** The Authorization headers that came by, `nothing` for requests without one. */
  readonly shown: ReadonlySet<string>;
  /** The status that every login gets instead of the registry's answer; undefined opens up. */
  refusal: number | undefined;
}

const MANIFEST_UNKNOWN = JSON.stringify({
  errors: [{ code: "MANIFEST_UNKNOWN", message: "Requested image not found" }],
});

/** Opens a gate for the length of a test; without a registry behind it, it lets nobody in. */
export async function openGate(registry?: { readonly origin: string }): Promise<RegistryGate> {
  const shown = new Set<string>();
  const server = http.createServer((request, response) => {
    shown.add(request.headers.authorization ?? "nothing");
    const { method, headers, url } = request;
    const status = headers.authorization === undefined ? 401 : gate.refusal;
    if (status !== undefined || !registry) {
      const challenge = { "WWW-Authenticate": 'Basic realm="gate",service="ecr.amazonaws.com"' };
      // As from ECR, the refusal of a HEAD has no body.
      const body = status === 404 && method !== "HEAD" ? MANIFEST_UNKNOWN : undefined;
      const type = { "Content-Type": "application/json; charset=utf-8" };
      response.writeHead(status ?? 401, (status ?? 401) === 401 ? challenge : type).end(body);
      return;
    }
    const onwards = http.request(new URL(url ?? "/", registry.origin), { method, headers });
    onwards.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onwards.on("error", () => response.destroy());
    request.pipe(onwards);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gate: RegistryGate = { host, shown, refusal: undefined };
  return gate;
}

/** Returns the header that shows this login. */
export function basicLogin(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
