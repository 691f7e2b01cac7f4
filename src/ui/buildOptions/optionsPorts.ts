import type { SecretSources } from "../../core/build/buildChoices.js";
import type { ReadOutline } from "../../core/build/dockerfileOutline.js";
import type { ImageEngine } from "../../core/enginePorts.js";

/** What the options sheet works with. */
export interface OptionsPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly readOutline: ReadOutline;
  readonly secretSources: () => Promise<SecretSources>;
}
