import { awsFailure } from "./errors/awsFailure.js";
import { textField } from "./jsonFields.js";
import { oidcEndpoint } from "./oidcEndpoint.js";
import type { SsoSession } from "./ssoSession.js";

/** An answer that is no success, by the code of its standard, such as `authorization_pending`. */
export interface OidcRefusal {
  readonly code: string;
  readonly description: string;
  readonly status: number;
}

/** What the service answers; fields of a success are read where they are used. */
export type OidcAnswer = { readonly fields: object } | { readonly refusal: OidcRefusal };

/** Asks one operation of the service that signs in; fails with `aws-unreachable`. */
export type AskOidc = (
  operation: keyof typeof PATHS,
  input: object,
  signal: AbortSignal,
) => Promise<OidcAnswer>;

/** Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_Operations.html */
const PATHS = {
  RegisterClient: "/client/register",
  StartDeviceAuthorization: "/device_authorization",
  CreateToken: "/token",
} as const;

const REQUEST_TIMEOUT_MS = 15_000;

/**
 * Makes the client of a session's sign-in service.
 *
 * These requests carry no signature, and the SDK that is here for its credentials knows only one of
 * the three. Neither what was sent nor what came back gets into an error: both hold secrets.
 */
export async function makeOidcClient(session: SsoSession): Promise<AskOidc> {
  const endpoint = await oidcEndpoint(session);
  const host = new URL(endpoint).host;
  return async (operation, input, signal) => {
    try {
      const response = await fetch(`${endpoint}${PATHS[operation]}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
      });
      const fields = parseObject(await response.text());
      if (response.ok && fields) return { fields };
      return { refusal: refusalOf(response, fields) };
    } catch (error) {
      signal.throwIfAborted();
      const { region, profile } = session;
      throw awsFailure(error, { operation, profile, region, host, endpoint });
    }
  };
}

function parseObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function refusalOf({ status, headers }: Response, fields: object | undefined): OidcRefusal {
  const type = headers.get("x-amzn-errortype") ?? textField(fields, "__type") ?? "";
  return {
    code: textField(fields, "error") ?? snakeCase(/(\w+)Exception/.exec(type)?.[1] ?? ""),
    description: textField(fields, "error_description") ?? textField(fields, "message") ?? "",
    status,
  };
}

/** AWS names an exception for each code: `SlowDownException` for `slow_down`. */
function snakeCase(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase();
}
