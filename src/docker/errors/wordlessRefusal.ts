import type { Failure } from "../../core/errors.js";
import type { RegistryTarget } from "./registryErrorRow.js";

/**
 * Tells whether an engine quotes only the status of a registry's refusal, and not the body that
 * says why; what is busy or broken says enough by its status.
 *
 * So do builds that push, up to Docker Engine 28:
 * https://github.com/containerd/containerd/blob/v1.7.13/remotes/errors/errors.go
 */
export function isWordlessRefusal(message: string): boolean {
  return /unexpected status from [A-Z]+ request to \S+: 4(?!29)\d\d [\w ]+$/.test(message);
}

/** Says that a registry refuses without a word, and which permission its request may lack. */
export function refused({ operation, host, repository }: RegistryTarget, message: string): Failure {
  const denied = {
    kind: "access-denied",
    action: undefined,
    resource: undefined,
    principal: undefined,
  } as const;
  if (operation === "pull") return denied;
  return { ...denied, asked: { host, repository, actions: actionsOf(message) } };
}

/**
 * Reads from the request that an engine quotes which action it stands for.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
function actionsOf(message: string): readonly string[] {
  const [, method, address = ""] = /status from ([A-Z]+) request to (\S+): \d/.exec(message) ?? [];
  const isReused = /trying to reuse blob/.test(message);
  if (isReused || (method === "HEAD" && address.includes("/blobs/"))) {
    return ["ecr:BatchCheckLayerAvailability"];
  }
  // Podman names the work instead of the request.
  if (/uploading manifest/.test(message)) return ["ecr:PutImage"];
  if (/initiating layer upload/.test(message)) return ["ecr:InitiateLayerUpload"];
  if (address.includes("/manifests/")) {
    return [method === "PUT" ? "ecr:PutImage" : "ecr:BatchGetImage"];
  }
  return ACTIONS.get(method ?? "") ?? [];
}

const ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["POST", ["ecr:InitiateLayerUpload"]],
  ["PATCH", ["ecr:UploadLayerPart"]],
  ["PUT", ["ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]],
]);
