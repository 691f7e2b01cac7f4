import { AwsError } from "../awsError.js";
import type { Call, OpenRepository, Operation } from "../call.js";
import { openRepository } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { findImage } from "../findImage.js";
import { parseImageId, printImageId } from "../imageId.js";
import { type PageRequest, parsePageRequest, takePage } from "../paging.js";
import type { ImageRecord, ScanReport } from "../records.js";
import { countBySeverity, scanFindings } from "../scanFindings.js";

const dayMs = 86_400_000;

/** The operations of basic scanning. */
export const scanOperations: Readonly<Record<string, Operation>> = {
  StartImageScan(call) {
    const open = openRepository(call);
    const image = findScannedImage(call, open);
    if (image.children) {
      throw new AwsError(
        "UnsupportedImageTypeException",
        `The image with media type '${image.mediaType}' is of a type that cannot be scanned`,
      );
    }
    if (image.status !== "ACTIVE") {
      throw new AwsError(
        "ImageArchivedException",
        "The specified image is archived and cannot be scanned.",
      );
    }
    if (image.scan && Date.now() - image.scan.startedAt < dayMs) {
      throw new AwsError(
        "LimitExceededException",
        "The scan quota per image has been exceeded. Wait and try again.",
      );
    }
    open.images.apply({ put: [{ ...image, scan: { startedAt: Date.now(), looks: 0 } }] });
    return { ...describe(open, image), imageScanStatus: { status: "IN_PROGRESS" } };
  },

  DescribeImageScanFindings(call) {
    const open = openRepository(call);
    const image = findScannedImage(call, open);
    const list = `findings/${open.key.account}/${open.key.region}/${open.repository.name}/${image.digest}`;
    const request = parsePageRequest(call.input, list);
    if (!image.scan) throw scanNotFound(call, open);
    if (image.scan.report) {
      return { ...describe(open, image), ...reportPage(image.scan.report, request) };
    }
    if (image.scan.looks === 0) {
      // The first look finds the scan at work, so that clients meet both states without a clock.
      open.images.apply({ put: [{ ...image, scan: { ...image.scan, looks: 1 } }] });
      return { ...describe(open, image), imageScanStatus: { status: "IN_PROGRESS" } };
    }
    const findings = scanFindings(image.digest);
    const rows = findings
      .map((row, key) => ({ key, row }))
      .filter(({ key }) => key >= Number(request.cursor?.key ?? 0));
    const { rows: page, nextToken } = takePage(rows, request);
    return {
      ...describe(open, image),
      imageScanStatus: {
        status: "COMPLETE",
        description: "The scan was completed successfully.",
      },
      imageScanFindings: {
        imageScanCompletedAt: epochSeconds(image.scan.startedAt),
        vulnerabilitySourceUpdatedAt: epochSeconds(image.scan.startedAt),
        findingSeverityCounts: countBySeverity(findings),
        findings: page,
      },
      nextToken,
    };
  },
};

function reportPage(report: ScanReport, request: PageRequest): object {
  const { status, description, findings = [], enhancedFindings = [] } = report;
  const isEnhanced = enhancedFindings.length > 0;
  const all = isEnhanced ? enhancedFindings : findings;
  const start = Number(request.cursor?.key ?? 0);
  const rows = all.map((row, key) => ({ key, row })).slice(start);
  const { rows: page, nextToken } = takePage(rows, request);
  return {
    imageScanStatus: { status, description },
    imageScanFindings: {
      findingSeverityCounts: countBySeverity(all),
      ...(isEnhanced ? { enhancedFindings: page } : { findings: page }),
    },
    nextToken,
  };
}

function findScannedImage({ input }: Call, open: OpenRepository): ImageRecord {
  return findImage(open, parseImageId(input.object("imageId")));
}

function describe({ key, repository }: OpenRepository, image: ImageRecord): object {
  return {
    registryId: key.account,
    repositoryName: repository.name,
    imageId: { imageDigest: image.digest, imageTag: image.tags[0] },
  };
}

function scanNotFound({ input }: Call, { key, repository }: OpenRepository): AwsError {
  const id = printImageId(parseImageId(input.object("imageId")));
  return new AwsError(
    "ScanNotFoundException",
    `Image scan does not exist for the image with '${id}' in the repository with name '${repository.name}' in the registry with id '${key.account}'`,
  );
}
