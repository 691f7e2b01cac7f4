import {
  DescribeImageScanFindingsCommand,
  type ImageIdentifier,
  ScanNotFoundException,
  UnsupportedImageTypeException,
} from "@aws-sdk/client-ecr";
import type { FindingsPage } from "../../core/images/imageDetails/findings.js";
import type { EcrCalls } from "../ecrCalls.js";
import { emptyScan, readFindingsPage } from "../findingAnswers.js";

/** The largest page that ECR makes, and how many of them are read. */
const PAGE_SIZE = 1_000;
const MAX_PAGES = 20;

/** Yields the findings of an image; without a scan one page says so. */
export async function* listFindings(
  calls: EcrCalls,
  repository: string,
  digest: string,
  signal: AbortSignal,
): AsyncGenerator<FindingsPage, void> {
  let nextToken: string | undefined;
  for (let pages = 1; pages === 1 || nextToken !== undefined; pages++) {
    const { page, token } = await readPage(calls, repository, digest, nextToken, signal);
    nextToken = token;
    const isCut = token !== undefined && pages === MAX_PAGES;
    yield { ...page, isCut };
    if (isCut) return;
  }
}

interface ReadPage {
  readonly page: Omit<FindingsPage, "isCut">;
  readonly token: string | undefined;
}

function readPage(
  calls: EcrCalls,
  repository: string,
  digest: string,
  nextToken: string | undefined,
  signal: AbortSignal,
): Promise<ReadPage> {
  const subject = { operation: "DescribeImageScanFindings", repository, digest };
  const imageId: ImageIdentifier = { imageDigest: digest };
  return calls.ask(subject, signal, async ({ ecr }, abortSignal): Promise<ReadPage> => {
    const page = { repositoryName: repository, imageId, maxResults: PAGE_SIZE, nextToken };
    try {
      const answer = await ecr.send(new DescribeImageScanFindingsCommand(page), { abortSignal });
      return { page: readFindingsPage(answer), token: answer.nextToken };
    } catch (error) {
      if (error instanceof ScanNotFoundException) return without("none");
      if (error instanceof UnsupportedImageTypeException) return without("unsupported");
      throw error;
    }
  });
}

function without(state: "none" | "unsupported"): ReadPage {
  return { page: { scan: emptyScan(state), findings: [] }, token: undefined };
}
