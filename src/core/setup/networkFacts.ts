/** What of the network is set on this machine, without any password. */
export interface NetworkFacts {
  /** The proxy, and the setting or variable that names it; undefined where requests go straight. */
  readonly proxy: { readonly address: string; readonly from: string } | undefined;
  /** Settings and variables that add certificates to trust. */
  readonly certificates: readonly string[];
  /** Whether certificates are checked at all. */
  readonly isStrict: boolean;
}

/** The settings and variables that decide about the network. */
export interface NetworkSettings {
  /** VS Code's `http.proxy`; empty where it is not set. */
  readonly proxy: string;
  /** VS Code's `http.proxyStrictSSL`. */
  readonly proxyStrictSSL: boolean;
  /** VS Code's `http.systemCertificates`. */
  readonly systemCertificates: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
const CERTIFICATE_VARIABLES = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"];

/** Says what of the network is in force; a login in a proxy's address is left out. */
export function readNetworkFacts(settings: NetworkSettings): NetworkFacts {
  const { environment } = settings;
  const named = [
    ["http.proxy", settings.proxy] as const,
    ...PROXY_VARIABLES.map((name) => [name, environment[name] ?? ""] as const),
  ].find(([, address]) => address !== "");
  return {
    proxy: named && { from: named[0], address: withoutLogin(named[1]) },
    certificates: [
      ...(settings.systemCertificates ? ["http.systemCertificates"] : []),
      ...CERTIFICATE_VARIABLES.filter((name) => environment[name]),
    ],
    isStrict: settings.proxyStrictSSL && environment["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0",
  };
}

/** What is no address might be anything, also a password. */
function withoutLogin(address: string): string {
  const whole = address.includes("://") ? address : `http://${address}`;
  if (!URL.canParse(whole)) return "…";
  const { protocol, host } = new URL(whole);
  return `${protocol}//${host}`;
}
