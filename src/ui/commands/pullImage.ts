import * as vscode from "vscode";
import type { ImageEngine } from "../../core/enginePorts.js";
import { EcrError } from "../../core/errors.js";
import { makeFindToken } from "../../core/login/findToken.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import {
  pullImage,
  type PulledImage,
  type PullPorts,
  type PullRequest,
  tagsForPlatform,
} from "../../core/pull/pullImage.js";
import { advancePull, pullNotBegun } from "../../core/pull/pullProgress.js";
import type { FindToken } from "../../core/ports.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import { askImageNode, type AskNodePorts } from "../askNode.js";
import { withCancellableProgress } from "../cancellableProgress.js";
import type { ErrorBoundary } from "../errorBoundary.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import type { LocalImagesView } from "../localImages/localImagesView.js";
import { pullText } from "../pullText.js";
import { formatBytes, shortDigest } from "../quantities.js";

/** What pulling an image needs. */
export interface PullImagePorts extends AskNodePorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
  readonly boundary: ErrorBoundary;
  readonly localImages: LocalImagesView;
  readonly log: vscode.LogOutputChannel;
}

/** Least time between two updates of the notification, so that fast layers don't flood it. */
const REPORT_INTERVAL_MS = 100;

/** *Pull*: gets images of repositories into the engine of this host, one after another. */
export async function pullFromEcr(
  ports: PullImagePorts,
  title: string,
  target: ImageNode | undefined,
  selected: readonly ImageNode[],
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  const nodes = selected.length > 0 ? selected : node ? [node] : [];
  for (const one of nodes) await pullNode(ports, one);
}

async function pullNode(ports: PullImagePorts, node: ImageNode): Promise<void> {
  const name = nameOf(node);
  const { location, image, repository } = node;
  const action = vscode.l10n.t("Pull {0}", name);
  const retry = (): Promise<void> => pullNode(ports, node);
  const renew = async (): Promise<void> => {
    await ports.tokens.renew(await ports.registries.open(location), AbortSignal.timeout(60_000));
    await retry();
  };
  const pulled = await ports.boundary.run(
    action,
    async () => {
      // The registry would say that there is no such image.
      if (image.status !== "active")
        throw new EcrError({ kind: "image-archived", reference: name });
      const open = ports.registries.open.bind(ports.registries);
      const find = makeFindToken({ open, tokens: ports.tokens }, location);
      const registry = await open(location);
      const findToken: FindToken = async (host, signal, refused) => {
        // A host that is none of AWS's is known by the token of its registry alone.
        await ports.tokens.token(registry, signal);
        return await find(host, signal, refused);
      };
      const request = {
        repositoryUri: repository.uri,
        digest: image.digest,
        platform: node.within?.platform,
        tags: tagsOf(node),
      };
      const engine = await ports.engine();
      return await followPull(ports.log, action, { engine, findToken }, request);
    },
    { retry, "renew-token": renew },
  );
  ports.localImages.refresh();
  if (pulled) tellPulled(ports, name, pulled);
}

/** Folds the stream of a pull into the notification and the log. */
async function followPull(
  log: vscode.LogOutputChannel,
  title: string,
  ports: PullPorts,
  request: PullRequest,
): Promise<PulledImage> {
  return await withCancellableProgress(title, async (report, signal) => {
    log.info(`pulling ${request.repositoryUri}@${request.digest}`);
    const events = pullImage(ports, request, signal);
    let progress = pullNotBegun;
    let reportedMs = 0;
    report(pullText(progress));
    for (;;) {
      const next = await events.next();
      if (next.done) {
        log.info(`pulled ${next.value.image.id} ${next.value.names.join(" ")}`);
        return next.value;
      }
      const event = next.value;
      const before = event.type === "layer" ? progress.layers.get(event.id)?.state : undefined;
      progress = advancePull(progress, event);
      if (event.type === "warning") log.warn(event.text);
      else if (event.state !== before) log.info(`${event.id}: ${event.text}`);
      const now = Date.now();
      if (now - reportedMs < REPORT_INTERVAL_MS) continue;
      reportedMs = now;
      report(pullText(progress));
    }
  });
}

function tellPulled(
  { localImages }: PullImagePorts,
  name: string,
  { image, wasThere }: PulledImage,
): void {
  const { t } = vscode.l10n;
  const show = t("Show");
  const facts = [formatBytes(image.sizeBytes), image.platform].filter((fact) => fact !== undefined);
  const message = wasThere
    ? t("{0} was on this host already ({1}).", name, facts.join(", "))
    : t("{0} is on this host ({1}).", name, facts.join(", "));
  // Nobody waits for what is pressed, or not, after the answer.
  void vscode.window.showInformationMessage(message, show).then(async (pressed) => {
    if (pressed === show) await localImages.show(image.id);
  });
}

/** A platform of an index is named after the index, which has the tags. */
function tagsOf({ image, within }: ImageNode): readonly string[] {
  if (!within) return image.tags;
  return tagsForPlatform(image.tags, within.parent.image.tags, within.platform);
}

function nameOf(node: ImageNode): string {
  const { repository, image, within } = node;
  const [tag] = image.tags.length > 0 || !within ? image.tags : within.parent.image.tags;
  const name =
    tag === undefined
      ? `${repository.name}@${shortDigest(image.digest)}`
      : `${repository.name}:${tag}`;
  return within?.platform === undefined ? name : `${name} (${within.platform})`;
}
