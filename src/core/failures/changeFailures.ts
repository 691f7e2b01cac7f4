/** What can go wrong when people change what a registry holds. */
export interface ChangeFailures {
  /** The repository holds images, and nobody has agreed to lose them. */
  "repository-not-empty": { repository: string };
  /** An index holds the image, which can go only after it; ECR names the indexes, or does not. */
  "image-in-index": { reference: string; indexes: readonly string[] };
  /** The image is archived: it can be described, restored and deleted, and nothing else. */
  "image-archived": { reference: string };
  /** The tag names another image than it did when people decided. */
  "tag-moved": { repository: string; tag: string };
  /** An image goes with its last tag, so that the tag alone can't be removed. */
  "last-tag": { repository: string; tag: string };
  /** The KMS key of a repository can't be used; `message` is ECR's. */
  "kms-key-unusable": { repository: string; message: string };
  /** ECR's scanner knows nothing of this kind of image. */
  "scan-unsupported": { reference: string };
  /** An image is scanned on demand once a day, and this one was. */
  "scan-limit": { reference: string };
  /** The registry scans by itself (enhanced scanning), and takes no requests for it. */
  "scan-not-on-demand": { reference: string };
  /** ECR can't bring the image into the other storage class, mostly as it is there or on its way. */
  "storage-class-refused": { reference: string };
  /** ECR refused the change of one image for a reason that no other kind describes. */
  "image-change-refused": { reference: string; message: string };
  /** The AWS console has no page for this registry, as it is at another host than AWS's own. */
  "console-missing": { host: string };
}
