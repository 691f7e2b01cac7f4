import { EcrError } from "../../src/core/errors.js";
import type { ImageRefusal } from "../../src/core/changes/imageRefusal.js";
import type { Manifest } from "../../src/core/images/manifest.js";
import { type Image, isTagImmutable, type Repository } from "../../src/core/registry.js";
import type { RegistryChanges } from "../../src/core/changes/registryChanges.js";
import type { Calls } from "./calls.js";

/** A repository of a registry in memory. */
export interface StoredRepository {
  readonly repository: Repository;
  readonly images: Map<string, Image>;
  readonly manifests: Map<string, Manifest>;
}

/** Where a registry in memory keeps its repositories. */
export interface RepositoryStore {
  /** Fails with `repository-not-found`. */
  find(name: string): StoredRepository;
  replace(name: string, repository: Repository): void;
  delete(name: string): void;
}

/** Changes of a registry in memory, with ECR's rules. */
export function inMemoryChanges(calls: Calls, store: RepositoryStore): RegistryChanges {
  const imageOf = (repository: string, digest: string): Image => {
    const image = store.find(repository).images.get(digest);
    if (image) return image;
    throw new EcrError({ kind: "image-not-found", reference: `${repository}@${digest}` });
  };
  return {
    deleteRepository: async (repository, force, signal) => {
      await calls.begin("deleteRepository", signal);
      if (store.find(repository).images.size > 0 && !force) {
        throw new EcrError({ kind: "repository-not-empty", repository });
      }
      store.delete(repository);
    },
    setTagMutability: async (name, tagMutability, signal) => {
      await calls.begin("setTagMutability", signal);
      store.replace(name, { ...store.find(name).repository, tagMutability });
    },
    deleteImages: async (repository, digests, signal) => {
      await calls.begin("deleteImages", signal);
      const { images, manifests } = store.find(repository);
      const deleted: string[] = [];
      const gone: string[] = [];
      const refused: ImageRefusal[] = [];
      for (const digest of digests) {
        const indexes = [...manifests]
          .filter(([, { entries }]) => entries.some((entry) => entry.digest === digest))
          .map(([index]) => index);
        if (!images.has(digest)) gone.push(digest);
        else if (indexes.length > 0) {
          const message = `Requested image referenced by manifest list: [${indexes.join(", ")}]`;
          refused.push({ digest, why: "in-index", indexes, message });
        } else {
          images.delete(digest);
          manifests.delete(digest);
          deleted.push(digest);
        }
      }
      return { deleted, gone, refused };
    },
    tagImage: async (name, digest, tag, signal) => {
      await calls.begin("tagImage", signal);
      const { images, repository } = store.find(name);
      const image = imageOf(name, digest);
      if (image.status !== "active") {
        throw new EcrError({ kind: "image-archived", reference: `${name}@${digest}` });
      }
      if (image.tags.includes(tag)) return;
      const holder = [...images.values()].find(({ tags }) => tags.includes(tag));
      if (holder && isTagImmutable(repository.tagMutability, tag)) {
        throw new EcrError({ kind: "tag-immutable", repository: name, tag });
      }
      if (holder) images.set(holder.digest, without(holder, tag));
      images.set(digest, { ...image, tags: [...image.tags, tag] });
    },
    untagImage: async (repository, digest, tag, signal) => {
      await calls.begin("untagImage", signal);
      const image = imageOf(repository, digest);
      if (!image.tags.includes(tag)) throw new EcrError({ kind: "tag-moved", repository, tag });
      const { images } = store.find(repository);
      if (image.tags.length > 1) images.set(digest, without(image, tag));
      else images.delete(digest);
    },
    setStorageClass: async (repository, digest, target, signal) => {
      await calls.begin("setStorageClass", signal);
      const image = imageOf(repository, digest);
      const status = target === "archive" ? "archived" : "activating";
      if ((target === "archive") !== (image.status === "active")) {
        const reference = `${repository}@${digest}`;
        throw new EcrError({ kind: "storage-class-refused", reference });
      }
      store.find(repository).images.set(digest, { ...image, status });
    },
    startScan: async (repository, digest, signal) => {
      await calls.begin("startScan", signal);
      imageOf(repository, digest);
    },
  };
}

function without(image: Image, tag: string): Image {
  return { ...image, tags: image.tags.filter((other) => other !== tag) };
}
