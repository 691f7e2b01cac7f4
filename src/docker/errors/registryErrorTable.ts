import {
  SPOKEN_ACCESS_ERRORS,
  VAGUE_ACCESS_ERRORS,
  WORDLESS_ACCESS_ERRORS,
} from "./accessErrors.js";
import {
  PULLED_CONTENT_ERRORS,
  SPOKEN_CONTENT_ERRORS,
  VAGUE_CONTENT_ERRORS,
} from "./contentErrors.js";
import { LIMIT_ERRORS } from "./limitErrors.js";
import { NETWORK_ERRORS } from "./networkErrors.js";
import type { RegistryErrorRow } from "./registryErrorRow.js";

/** Every message of an engine about a registry that has a kind of its own, the telling ones first. */
export const REGISTRY_ERRORS: readonly RegistryErrorRow[] = [
  ...SPOKEN_ACCESS_ERRORS,
  ...SPOKEN_CONTENT_ERRORS,
  ...LIMIT_ERRORS,
  ...VAGUE_ACCESS_ERRORS,
  ...VAGUE_CONTENT_ERRORS,
  ...WORDLESS_ACCESS_ERRORS,
  ...PULLED_CONTENT_ERRORS,
  ...NETWORK_ERRORS,
];
