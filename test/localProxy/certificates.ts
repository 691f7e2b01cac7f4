import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** A certificate of a private authority, made for one test. */
export interface PrivateCertificate {
  /** The file with the authority's own certificate, for whoever is to trust it. */
  readonly authorityFile: string;
  readonly key: Buffer;
  readonly certificate: Buffer;
}

const run = promisify(execFile);

/** Makes an authority and a certificate of these hosts in `folder`; needs the program openssl. */
export async function makeCertificate(
  folder: string,
  hosts: readonly string[],
): Promise<PrivateCertificate> {
  const file = (name: string): string => path.join(folder, name);
  const key = ["-newkey", "rsa:2048", "-nodes", "-sha256"];
  const authority = ["-keyout", file("ca.key"), "-out", file("ca.pem"), "-days", "2"];
  await run("openssl", ["req", "-x509", ...key, ...authority, "-subj", "/CN=Private Authority"]);
  const request = ["-keyout", file("host.key"), "-out", file("host.csr"), "-subj", "/CN=host"];
  await run("openssl", ["req", ...key, ...request]);
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  await writeFile(file("host.ext"), `subjectAltName=${names}\n`);
  const signer = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2"];
  const sign = ["-in", file("host.csr"), "-out", file("host.pem"), "-extfile", file("host.ext")];
  await run("openssl", ["x509", "-req", "-sha256", ...signer, ...sign]);
  return {
    authorityFile: file("ca.pem"),
    key: await readFile(file("host.key")),
    certificate: await readFile(file("host.pem")),
  };
}
