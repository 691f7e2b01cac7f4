import { EcrError } from "../core/errors.js";

/** How bytes reach an engine. */
export type Transport =
  | { readonly kind: "socket"; readonly path: string }
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly tls: TlsSettings | undefined;
    }
  | {
      readonly kind: "ssh";
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
      /** The environment that finds `ssh` and its agent. */
      readonly environment: NodeJS.ProcessEnv;
    };

/** What a TLS connection needs, as PEM; undefined parts are the system's own. */
export interface TlsSettings {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
  /** False accepts any server, as a context with `SkipTLSVerify` asks for. */
  readonly verify: boolean;
}

/** Where an engine is, and who says so. */
export interface EngineAddress {
  /** The address as people write it, such as `unix:///var/run/docker.sock`. */
  readonly endpoint: string;
  /** What chose it, such as `DOCKER_HOST`. */
  readonly chosenBy: string;
  readonly transport: Transport;
}

/** What an address is made from. */
export interface AddressSource {
  readonly endpoint: string;
  readonly chosenBy: string;
  /** What a failure calls the source, such as a context's name. */
  readonly name: string;
  readonly tls: TlsSettings | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Parses an engine address as the docker CLI does, or throws `docker-context-invalid`.
 *
 * A bare `host:port` is TCP; the ports are 2375, and 2376 with TLS.
 * Source: https://github.com/docker/cli/blob/master/opts/hosts.go
 */
export function parseEngineAddress(source: AddressSource): EngineAddress {
  const text = source.endpoint.trim();
  const [, scheme = "tcp", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(text) ?? [];
  const { chosenBy, tls } = source;
  const invalid = (reason: string): EcrError =>
    new EcrError({ kind: "docker-context-invalid", name: source.name, reason });

  switch (scheme) {
    case "unix":
      if (!rest.startsWith("/")) throw invalid(`the socket path is not absolute: ${text}`);
      return { endpoint: text, chosenBy, transport: { kind: "socket", path: rest } };
    case "npipe":
      if (!rest) throw invalid(`no pipe is named: ${text}`);
      return {
        endpoint: text,
        chosenBy,
        transport: { kind: "socket", path: rest.replaceAll("/", "\\") },
      };
    case "tcp":
    case "http":
    case "https": {
      const url = tryParseUrl(`http://${rest || "localhost"}`);
      if (!url?.hostname) throw invalid(`the address can't be read: ${text}`);
      const secure = tls ?? (scheme === "https" ? SYSTEM_TLS : undefined);
      const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
      const port = explicitPort(rest) ?? (secure ? 2376 : 2375);
      return { endpoint: text, chosenBy, transport: { kind: "tcp", host, port, tls: secure } };
    }
    case "ssh": {
      const url = tryParseUrl(text);
      if (!url?.hostname || url.password || url.hostname.startsWith("-")) {
        throw invalid("an ssh address is ssh://user@host[:port], without a password");
      }
      const transport: Transport = {
        kind: "ssh",
        host: url.hostname,
        user: url.username ? decodeURIComponent(url.username) : undefined,
        port: url.port ? Number(url.port) : undefined,
        environment: source.environment,
      };
      return { endpoint: text, chosenBy, transport };
    }
    default:
      throw invalid(`the scheme is not unix, npipe, tcp, http, https or ssh: ${scheme}`);
  }
}

const SYSTEM_TLS: TlsSettings = { ca: undefined, cert: undefined, key: undefined, verify: true };

function tryParseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The port as written; URL drops port 80, which is a choice here. */
function explicitPort(rest: string): number | undefined {
  const port = /:(\d+)(?:\/|$)/.exec(rest)?.[1];
  return port === undefined ? undefined : Number(port);
}
