import { spawn } from "node:child_process";
import http from "node:http";
import { Duplex } from "node:stream";
import type { Transport } from "./engineAddress.js";

/**
 * Reaches an engine through the user's own `ssh`, as the docker CLI does.
 *
 * The user's ssh configuration, agent and known hosts apply, and nothing asks for a password.
 * Source: https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket
 */
export class SshAgent extends http.Agent {
  readonly #transport: Extract<Transport, { kind: "ssh" }>;

  constructor(transport: Extract<Transport, { kind: "ssh" }>) {
    super({ keepAlive: false });
    this.#transport = transport;
  }

  override createConnection(): Duplex {
    const { host, user, port, environment } = this.#transport;
    const args = [
      "-T",
      ...["-o", "BatchMode=yes", "-o", "ConnectTimeout=10"],
      ...(user ? ["-l", user] : []),
      ...(port ? ["-p", String(port)] : []),
      ...["--", host, "docker", "system", "dial-stdio"],
    ];
    const child = spawn("ssh", args, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-1000);
    });
    const connection = new Duplex({
      read: () => child.stdout.resume(),
      // A failed write waits for the end of ssh, which says why.
      write: (chunk, _, done) => {
        child.stdin.write(chunk, (error) => {
          if (!error) done();
        });
      },
      final: (done) => child.stdin.end(done),
      destroy: (error, done) => {
        child.kill();
        done(error);
      },
    });
    child.stdin.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => {
      if (!connection.push(chunk)) child.stdout.pause();
    });
    child.on("error", (error) => connection.destroy(error));
    child.on("close", (code) => {
      if (code) connection.destroy(new Error(`ssh ended with code ${code}: ${complaint.trim()}`));
      else connection.push(null);
    });
    return connection;
  }
}
