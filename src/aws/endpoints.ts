import { booleanSelector, loadConfig, SelectorType } from "@smithy/core/config";

/**
 * Finds the endpoint that the environment or the profile sets for a service; undefined is AWS's own.
 *
 * Order: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its
 * `endpoint_url`. The SDK looks for the last two in the profile of the environment, even when its
 * client has another one, and would take requests of one profile to the endpoint of another.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function findEndpoint(
  service: "ecr" | "ecr_public" | "sts" | "sso_oidc",
  profile: string | undefined,
): Promise<string | undefined> {
  const init = profile === undefined ? {} : { profile };
  if (await loadConfig(IGNORED, init)()) {
    return undefined;
  }
  return loadConfig<string | undefined>(
    {
      environmentVariableSelector: (variables) =>
        variables[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? variables["AWS_ENDPOINT_URL"],
      configFileSelector: (settings, file) =>
        file?.[`services.${settings["services"] ?? ""}`]?.[`${service}.endpoint_url`] ??
        settings["endpoint_url"],
      default: undefined,
    },
    init,
  )();
}

const IGNORED = {
  environmentVariableSelector: (variables: NodeJS.ProcessEnv) =>
    booleanSelector(variables, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", SelectorType.ENV),
  configFileSelector: (settings: Record<string, string | undefined>) =>
    booleanSelector(settings, "ignore_configured_endpoint_urls", SelectorType.CONFIG),
  default: false,
};
