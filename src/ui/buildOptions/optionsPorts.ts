import type { SecretSources } from "../../core/buildChoices.js";
import type { ReadOutline } from "../../core/dockerfileOutline.js";
import type { ImageEngine } from "../../core/enginePorts.js";

/** What the options sheet works with. */
export interface OptionsPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly readOutline: ReadOutline;
  readonly secretSources: () => Promise<SecretSources>;
}
