/** What can go wrong with the logins of the docker command in a terminal. */
export interface TerminalFailures {
  /** The docker command's config file can't be used, and stays as it is; `reason` is a fragment. */
  "docker-config-invalid": { path: string; reason: string };
  /** A login can't be kept or removed for the terminal; `reason` is a sentence fragment. */
  "docker-login-failed": { host: string; reason: string };
}
