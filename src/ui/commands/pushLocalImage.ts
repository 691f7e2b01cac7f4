import * as vscode from "vscode";
import { parseImageReference } from "../../core/imageReference.js";
import type { LocalImage } from "../../core/enginePorts.js";
import type { DockerfilePushPorts } from "../dockerfilePush.js";
import type { LocalImageNode } from "../localImages/localImageNodes.js";
import { localImageLabel, pickLocalImage } from "../pickLocalImage.js";
import { showPush } from "../pushFlow.js";
import { askPushPlan, type PushDraft, repositoryName } from "../pushWizard.js";

/** *Push Local Image…*: pushes an image that the engine holds already. */
export async function pushLocalImage(
  ports: DockerfilePushPorts,
  title: string,
  target: LocalImageNode | string | undefined,
): Promise<void> {
  const image = await chooseImage(ports, title, target);
  if (image) await askAndPushLocal(ports, title, image, {});
}

async function chooseImage(
  ports: DockerfilePushPorts,
  title: string,
  target: LocalImageNode | string | undefined,
): Promise<LocalImage | undefined> {
  if (target === undefined) return await pickLocalImage(title, ports.engine);
  if (typeof target !== "string") return target.image;
  const image = await (await ports.engine()).findImage(target, AbortSignal.timeout(10_000));
  return image && { ...image, references: leadWith(target, image.references) };
}

/** Puts the name that an image was called by before its other ones, as engines write it. */
function leadWith(reference: string, references: readonly string[]): readonly string[] {
  const name = reference.replace(/^docker\.io\/(library\/)?/, "");
  return references.toSorted((a, b) => Number(b === name) - Number(a === name));
}

async function askAndPushLocal(
  ports: DockerfilePushPorts,
  title: string,
  image: LocalImage,
  preset: PushDraft,
): Promise<void> {
  const former = formerName(image);
  const subject = {
    title: vscode.l10n.t("Push {0}", localImageLabel(image)),
    name: former.repository ?? "",
    contexts: [],
    readFacts: () =>
      Promise.resolve({
        commit: undefined,
        branch: undefined,
        isDirty: false,
        packageVersion: undefined,
        lastTag: former.tag,
      }),
  };
  const last: PushDraft =
    former.repository === undefined ? {} : { repository: { kind: "new", name: former.repository } };
  const plan = await askPushPlan(ports, subject, preset, last);
  if (!plan) return;
  await showPush(ports, {
    location: plan.registry,
    source: { kind: "local-image", image: image.id },
    repository: repositoryName(plan.repository),
    tags: plan.tags.map(({ tag }) => tag),
    platforms: [],
    create: plan.repository.kind === "new" ? { tagMutability: plan.mutability } : undefined,
    askAgain: (from) =>
      askAndPushLocal(ports, title, image, {
        registry: plan.registry,
        ...(from === "tags" ? { repository: plan.repository, refusedTags: plan.tags } : {}),
      }),
  });
}

/** The repository and tag that the image's local name suggests. */
function formerName(image: LocalImage): { repository?: string; tag?: string } {
  const [reference] = image.references;
  if (reference === undefined) return {};
  const path = reference.includes("/") ? reference : `docker.io/${reference}`;
  const { repository, tag } = parseImageReference(path);
  return { repository, ...(tag === undefined ? {} : { tag }) };
}
