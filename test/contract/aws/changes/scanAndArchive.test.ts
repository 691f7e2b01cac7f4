import { describe, expect, it } from "vitest";
import { useLocalRegistry } from "../localRegistry.js";
import { makeFamily } from "./makeFamily.js";

const here = useLocalRegistry();
const repository = "team/api";

/** Where an image is in its life. */
async function statusOf(digest: string): Promise<string | undefined> {
  return (await here.registry.findImage(repository, { digest }, here.signal))?.status;
}

describe("archiving", () => {
  it("puts an image away and brings it back", async () => {
    const { single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    await changes.setStorageClass(repository, single, "archive", here.signal);
    expect(await statusOf(single)).toBe("archived");
    await expect(
      changes.setStorageClass(repository, single, "archive", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "storage-class-refused" } });
    await changes.setStorageClass(repository, single, "standard", here.signal);
    expect(await statusOf(single)).toBe("active");
  });

  it("needs a right of its own", async () => {
    const { single } = await makeFamily(here, repository);
    const action = "ecr:UpdateImageStorageClass";
    await here.control.denyAction(action);
    await expect(
      here.registry.changes.setStorageClass(repository, single, "archive", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "access-denied", action } });
  });
});

describe("a scan", () => {
  it("begins once a day", async () => {
    const { single } = await makeFamily(here, repository);
    await here.registry.changes.startScan(repository, single, here.signal);
    await expect(
      here.registry.changes.startScan(repository, single, here.signal),
    ).rejects.toMatchObject({
      failure: { kind: "scan-limit", reference: `${repository}@${single}` },
    });
  });

  it("is refused for indexes, archived images, and where the registry scans by itself", async () => {
    const { index, single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    const scan = (digest: string): Promise<void> =>
      changes.startScan(repository, digest, here.signal);
    await expect(scan(index)).rejects.toMatchObject({ failure: { kind: "scan-unsupported" } });
    await here.control.failOperation(
      "StartImageScan",
      "ValidationException",
      "This feature is disabled",
    );
    await expect(scan(single)).rejects.toMatchObject({ failure: { kind: "scan-not-on-demand" } });
    await changes.setStorageClass(repository, single, "archive", here.signal);
    await expect(scan(single)).rejects.toMatchObject({ failure: { kind: "image-archived" } });
  });
});
