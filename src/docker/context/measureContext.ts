import { access } from "node:fs/promises";
import path from "node:path";
import type {
  ContextAmount,
  ContextContents,
  ContextNode,
  MeasureContext,
} from "../../core/context/contextContents.js";
import type { BuildRequest } from "../../core/enginePorts.js";
import { prepareBuild } from "../buildContext.js";
import { PacedDisk } from "../buildkit/fileSyncDisk.js";
import { includeRules } from "../buildkit/fileSyncFilter.js";
import { type EngineMachine, hasOnlyClassicBuilder } from "./classicOnly.js";
import { findContextSources } from "./contextSources.js";
import { MeasuringWalk } from "./measuringWalk.js";

/** How far it is is told this often. */
const REPORT_MS = 100;

/** The tree of a context of which nothing is sent. */
const NOTHING: ContextNode = {
  path: "",
  isFolder: true,
  state: "sent",
  files: 0,
  bytes: 0,
  children: [],
  rest: { entries: 0, files: 0, bytes: 0 },
};

/** Makes the port that measures contexts on this machine. */
export function makeMeasureContext(machine: EngineMachine): MeasureContext {
  return (request, report, signal) => measureContext(machine, request, report, signal);
}

async function measureContext(
  machine: EngineMachine,
  request: BuildRequest,
  report: (soFar: ContextAmount) => void,
  signal: AbortSignal,
): Promise<ContextContents> {
  const { platform } = machine;
  const [isWhole, prepared] = await Promise.all([
    hasOnlyClassicBuilder(machine, signal),
    prepareBuild(request, platform),
  ]);
  const { root, rules, instructions } = prepared;
  const sources = findContextSources(instructions, request.options);
  const paths = isWhole ? undefined : sources.paths;
  const found = { root, ignoreFile: await ignoreFileOf(request, root), isWhole };
  const { sentBy } = sources;
  if (paths?.length === 0) {
    return { ...found, sentBy, files: 0, bytes: 0, ignored: 0, tree: NOTHING, findings: [] };
  }
  const includes = paths && (await includeRules(root, [], paths, platform));
  const walk = {
    root,
    includes,
    excludes: rules,
    reinclusion: isWhole ? "literal" : "wildcard",
    sharesLinks: !isWhole && platform !== "win32",
  } as const;
  const soFar = { files: 0, bytes: 0 };
  let reportedAt = performance.now();
  const onFile = (sizeBytes: number): void => {
    soFar.files++;
    soFar.bytes += sizeBytes;
    if (performance.now() - reportedAt < REPORT_MS) return;
    reportedAt = performance.now();
    report({ ...soFar });
  };
  const measured = await new MeasuringWalk(walk, new PacedDisk(), onFile, signal).run();
  return { ...found, sentBy, ...soFar, ...measured };
}

/** `<Dockerfile>.dockerignore` wins where it is; the context's own is the one to make. */
async function ignoreFileOf({ dockerfile }: BuildRequest, root: string): Promise<string> {
  const own = `${dockerfile}.dockerignore`;
  const isThere = await access(own).then(
    () => true,
    () => false,
  );
  return isThere ? own : path.join(root, ".dockerignore");
}
