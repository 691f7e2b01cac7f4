import type { ContextContents, ContextNode } from "./contextContents.js";
import { type ContextFinding, isSerious } from "./contextFinding.js";
import type { BuildRequest } from "../enginePorts.js";

/**
 * Starts to look at what a build would send, beside other work.
 *
 * The function that it returns ends the look: it waits and, where something is worth a question,
 * asks. It rejects with an `AbortError` when the user would rather not send the context.
 */
export type ReviewContext = (build: BuildRequest, signal: AbortSignal) => () => Promise<void>;

/** What the user was shown of a context, and sent anyway. */
export interface AcceptedContext {
  readonly bytes: number;
  /** Paths of findings. */
  readonly findings: readonly string[];
}

/** Why a context is worth a question. */
export interface ContextQuestion {
  /** True where it is bigger than the user wants to send unasked. */
  readonly isLarge: boolean;
  /** Serious findings, also those that were accepted before. */
  readonly serious: readonly ContextFinding[];
}

/** A context that was accepted is shown again once it has grown by this much. */
const GROWTH = 1.5;

/** More findings than this are not remembered. */
const MAX_REMEMBERED = 500;

/**
 * Decides whether the user should see a context before it is sent.
 *
 * What was accepted is not asked again; a new finding asks, and so does half as much again in size.
 * `limitBytes` of 0 never asks for the size.
 */
export function questionAbout(
  { bytes, findings }: Pick<ContextContents, "bytes" | "findings">,
  limitBytes: number,
  accepted: AcceptedContext | undefined,
): ContextQuestion | undefined {
  const serious = findings.filter(isSerious);
  const isLarge = limitBytes > 0 && bytes > limitBytes;
  const isNewSize = isLarge && bytes > (accepted?.bytes ?? 0) * GROWTH;
  const known = new Set(accepted?.findings);
  const isNewFinding = serious.some(({ path }) => !known.has(path));
  return isNewSize || isNewFinding ? { isLarge, serious } : undefined;
}

/** Adds a context to what the user accepted before. */
export function acceptContext(
  { bytes, findings }: Pick<ContextContents, "bytes" | "findings">,
  limitBytes: number,
  accepted: AcceptedContext | undefined,
): AcceptedContext {
  const paths = findings.filter(isSerious).map(({ path }) => path);
  const known = [...(accepted?.findings ?? []), ...paths];
  const isLarge = limitBytes > 0 && bytes > limitBytes;
  return {
    bytes: isLarge ? Math.max(bytes, accepted?.bytes ?? 0) : (accepted?.bytes ?? 0),
    findings: [...new Set(known)].slice(-MAX_REMEMBERED),
  };
}

/** A folder that is this much of the one around it is the place to look at. */
const DOMINANT = 0.8;
/** What is less of the whole is not worth a row. */
const NOTABLE = 0.02;

/**
 * Finds where most of a context's bytes lie: the biggest first, as deep as they lie together.
 *
 * Paths that are `known` are left out, with what is in them.
 */
export function biggestPlaces(
  tree: ContextNode,
  most: number,
  known: ReadonlySet<string> = new Set(),
): readonly ContextNode[] {
  return tree.children
    .filter(({ bytes }) => bytes > 0 && bytes >= tree.bytes * NOTABLE)
    .map((node) => narrow(node, known))
    .filter(({ path }) => !known.has(path))
    .slice(0, most);
}

function narrow(node: ContextNode, known: ReadonlySet<string>): ContextNode {
  let found = node;
  while (!known.has(found.path)) {
    const [first] = found.children;
    if (!first?.isFolder || first.bytes < found.bytes * DOMINANT) return found;
    found = first;
  }
  return found;
}
