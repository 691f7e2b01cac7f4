import type { RegistryLocation } from "./registry.js";
import type { RegistryToken } from "./registryToken.js";

/** What the status bar says; replaced as a whole. */
export type TokenState =
  /** ECR is not used in this window yet. */
  | { readonly kind: "unused" }
  /** A registry is in use; its token, if any, can be renewed. */
  | {
      readonly kind: "signed-in";
      readonly location: RegistryLocation;
      readonly token: RegistryToken | undefined;
    }
  /** The token lives on, but AWS refused to renew it. */
  | {
      readonly kind: "ending";
      readonly location: RegistryLocation;
      readonly token: RegistryToken;
    }
  /** There is no living token, and AWS refused to make one. */
  | { readonly kind: "signed-out"; readonly location: RegistryLocation };

/** Decides the state from what is known; `refused` says that AWS would not make a token. */
export function decideTokenState(
  location: RegistryLocation | undefined,
  token: RegistryToken | undefined,
  refused: boolean,
  now: Date,
): TokenState {
  if (!location) return { kind: "unused" };
  if (!refused) return { kind: "signed-in", location, token };
  return token && token.remainingMs(now) > 0
    ? { kind: "ending", location, token }
    : { kind: "signed-out", location };
}
