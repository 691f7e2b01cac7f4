import {
  DescribeRepositoriesCommand,
  type ImageDetail,
  paginateDescribeImages,
  paginateDescribeRepositories,
  type Repository as RepositoryAnswer,
} from "@aws-sdk/client-ecr";
import { makeAwsClients } from "../../src/aws/awsClients.js";
import { makeOpenRegistry } from "../../src/aws/openRegistry.js";
import { type Listing, readImages, readRepositories } from "../../src/core/catalog.js";
import { localProfile, localRegion } from "../playground/writeAwsConfig.js";
import { BlockMonitor } from "./blockMonitor.js";
import { collectGarbage } from "./collectGarbage.js";

/*
 * Reads all repositories or all images of a repository, in one of three ways, and writes what that
 * cost as JSON: `ours` as the tree reads them, `pages` only the pages, one after another, and `peer`
 * as the AWS Toolkit does, which shows nothing before all is read and then a node for each tag:
 * https://github.com/aws/aws-toolkit-vscode/tree/master/packages/core/src/shared/clients
 */
const [, , way = "", repository = ""] = process.argv;
const signal = new AbortController().signal;
const location = { profile: localProfile, region: localRegion, endpoint: undefined };

/** Rows, when the first of them were there, and what holds them. */
interface Reading {
  rows: number;
  firstMs: number | undefined;
  held: unknown;
}

const reading: Reading = { rows: 0, firstMs: undefined, held: undefined };
const { ecr: client } = await makeAwsClients(location, undefined);
// Loading code, connecting and reading the AWS files are no part of it.
const registry = makeOpenRegistry()(location);
await registry.findRepository("none/such", signal);
await client.send(new DescribeRepositoriesCommand({ maxResults: 1 }));
collectGarbage();
const heapBefore = process.memoryUsage().heapUsed;
const monitor = new BlockMonitor();
const startedAt = performance.now();
if (way === "ours") await readOurs();
else if (way === "pages") await readPages();
else await readPeer();
const totalMs = performance.now() - startedAt;
const { wallMs, workMs } = monitor.stop();
collectGarbage();
const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
const { rows, firstMs = totalMs } = reading;
console.log(JSON.stringify({ rows, firstMs, totalMs, heapMb, blockMs: wallMs, workMs }));
client.destroy();
process.exit(reading.held === undefined ? 1 : 0);

async function readOurs(): Promise<void> {
  const listings: AsyncIterable<Listing<unknown>> = repository
    ? readImages(registry, repository, signal)
    : readRepositories(registry, signal);
  for await (const { items } of listings) {
    reading.firstMs ??= performance.now() - startedAt;
    reading.rows = items.length;
    reading.held = items;
  }
}

async function readPages(): Promise<void> {
  reading.held = "nothing";
  for await (const page of pages()) {
    reading.firstMs ??= performance.now() - startedAt;
    reading.rows += page.length;
  }
}

async function readPeer(): Promise<void> {
  const found: (ImageDetail | RepositoryAnswer)[] = [];
  for await (const page of pages()) found.push(...page);
  const nodes = found.flatMap((one): readonly object[] =>
    "imageDigest" in one
      ? (one.imageTags ?? []).map((tag) => ({ label: tag, tag, repository, image: one }))
      : [{ repository: one }],
  );
  reading.rows = nodes.length;
  reading.held = nodes;
}

async function* pages(): AsyncGenerator<(ImageDetail | RepositoryAnswer)[], void> {
  if (repository) {
    const input = { repositoryName: repository };
    for await (const { imageDetails = [] } of paginateDescribeImages(
      { client, pageSize: 1000 },
      input,
    ))
      yield imageDetails;
    return;
  }
  for await (const { repositories = [] } of paginateDescribeRepositories(
    { client, pageSize: 1000 },
    {},
  ))
    yield repositories;
}
