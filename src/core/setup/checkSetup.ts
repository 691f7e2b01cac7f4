import { type Check, type CheckId, runCheck } from "./check.js";
import { type Judges, makeJudges } from "./judges.js";
import type { SetupPorts, SetupSubject } from "./setupPorts.js";

/** A large context takes long to measure, and nobody waits for it but its own line. */
const BUDGETS: Partial<Record<CheckId, number>> = { context: 20_000 };

/** Checks that can't do without another one; where that fails in the same way, they tell nothing. */
const NEEDED: Partial<Record<CheckId, CheckId>> = {
  buildkit: "engine",
  disk: "engine",
  platform: "engine",
  session: "identity",
  token: "identity",
  repository: "identity",
  tags: "repository",
  rights: "repository",
};

/** Lists the checks of a subject, in the order in which they are shown. */
export function listChecks({ build, lastPush }: SetupSubject): readonly CheckId[] {
  return [
    ...(["engine", "buildkit", "disk"] as const),
    ...(["identity", "session", "token", "clock", "network"] as const),
    ...(lastPush ? (["repository", "tags", "rights", "platform"] as const) : []),
    ...(build ? (["context"] as const) : []),
  ];
}

/** Looks at everything that a push needs, all at once, and reports each check when it is done. */
export async function checkSetup(
  ports: SetupPorts,
  subject: SetupSubject,
  signal: AbortSignal,
  report: (check: Check) => void,
): Promise<void> {
  const judges = makeJudges(ports, subject);
  const ids = listChecks(subject);
  const running = new Map(ids.map((id) => [id, runOne(judges, id, signal)]));
  await Promise.all(
    ids.map(async (id) => {
      const check = await running.get(id);
      const needed = await running.get(NEEDED[id] ?? id);
      if (check) report(needed && isBlocked(check, needed) ? blocked(id) : check);
    }),
  );
}

async function runOne(judges: Judges, id: CheckId, signal: AbortSignal): Promise<Check> {
  // The id and its verdict belong together, which TypeScript does not see across a union.
  return (await runCheck<CheckId>(id, judges[id], signal, BUDGETS[id])) as Check;
}

/** The same failure twice helps nobody; one thing is to be mended. */
function isBlocked(check: Check, needed: Check): boolean {
  if (check === needed || check.state !== "failed" || needed.state !== "failed") return false;
  return check.failure.kind === needed.failure.kind;
}

function blocked(id: CheckId): Check {
  return { id, state: "unknown", why: "blocked" };
}
