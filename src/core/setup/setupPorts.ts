import type { MeasureContext } from "../context/contextContents.js";
import type { BuildRequest, ImageEngine } from "../enginePorts.js";
import type { Registry } from "../ports.js";
import type { TokenKeeper } from "../login/tokenKeeper.js";
import type { NetworkFacts } from "./networkFacts.js";
import type { LastPush } from "./pushChecks.js";

/** What a look at the setup works with. */
export interface SetupPorts {
  readonly engine: () => Promise<ImageEngine>;
  /** Opens the registry that is chosen; fails as `locateRegistry` does. */
  readonly openRegistry: () => Promise<Registry>;
  readonly tokens: TokenKeeper;
  readonly readNetwork: () => NetworkFacts;
  readonly measureContext: MeasureContext;
  /** A build context of more bytes than this is worth a word; 0 for none. */
  readonly contextLimitBytes: number;
  readonly now: () => Date;
}

/** What is looked at beyond engine and account. */
export interface SetupSubject {
  readonly build: BuildRequest | undefined;
  readonly lastPush: LastPush | undefined;
}
