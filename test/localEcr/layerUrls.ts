import type { Context } from "./context.js";

const lifeMs = 3_600_000;

/** Returns an address that serves a blob without credentials for an hour, as S3's would. */
export function layerUrl({ tokens, origin }: Context, digest: string): string {
  const url = new URL(`/_layers/${digest}`, origin);
  const expires = String(Date.now() + lifeMs);
  url.searchParams.set("expires", expires);
  url.searchParams.set("signature", tokens.sign(`${digest} ${expires}`));
  return url.href;
}

/** Returns the digest that such an address is for, or undefined when it is forged or too old. */
export function tryParseLayerUrl({ tokens }: Context, url: URL): string | undefined {
  const digest = /^\/_layers\/(sha256:[a-f0-9]{64})$/.exec(url.pathname)?.[1];
  const expires = url.searchParams.get("expires") ?? "";
  const signature = url.searchParams.get("signature") ?? "";
  if (digest === undefined || Number(expires) < Date.now()) return undefined;
  return tokens.isSignature(`${digest} ${expires}`, signature) ? digest : undefined;
}
