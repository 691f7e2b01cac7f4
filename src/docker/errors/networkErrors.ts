import type { RegistryUnreachableReason } from "../../core/failures/registryFailures.js";
import type { RegistryErrorRow } from "./registryErrorRow.js";

const NET = "https://cs.opensource.google/go/go/+/refs/tags/go1.22.0:src/net";

/** Ways for an engine not to reach a registry, in the words of Go's network code. */
export const NETWORK_ERRORS: readonly RegistryErrorRow[] = [
  row("proxy", `${NET}/http/transport.go`, /proxyconnect|proxy authentication required/i),
  row(
    "no-tls",
    `${NET}/http/client.go`,
    /gave HTTP response to HTTPS client|does not look like a TLS handshake/i,
  ),
  row(
    "untrusted-certificate",
    "https://cs.opensource.google/go/go/+/refs/tags/go1.22.0:src/crypto/x509/verify.go",
    /x509: |failed to verify certificate|tls: bad certificate/i,
  ),
  row(
    "unknown-host",
    `${NET}/net.go`,
    /no such host|server misbehaving|temporary failure in name resolution|lookup \S+.*i\/o timeout/i,
  ),
  row("refused", "https://pkg.go.dev/syscall#Errno", /connection refused/i),
  row(
    "no-answer",
    `${NET}/net.go`,
    /i\/o timeout|TLS handshake timeout|no route to host|network is unreachable|deadline exceeded|client\.timeout/i,
  ),
  row(
    "broken-off",
    "https://pkg.go.dev/syscall#Errno",
    /connection reset|broken pipe|use of closed network connection|\bEOF\b|tls: /i,
  ),
];

function row(why: RegistryUnreachableReason, source: string, pattern: RegExp): RegistryErrorRow {
  return {
    id: `unreachable-${why}`,
    source,
    pattern,
    toFailure: (_, { host }, message) => ({ kind: "registry-unreachable", host, message, why }),
  };
}
