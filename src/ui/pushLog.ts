import type { PushEvent } from "../core/push/pushImage.js";

/** Returns the log line of an event that is about no build step; undefined for other events. */
export function pushLogLine(event: PushEvent): string | undefined {
  switch (event.type) {
    case "phase":
      return `> ${event.phase}`;
    case "engine": {
      const { name, version, endpoint, chosenBy, platform } = event.engine;
      return `${name} ${version} (${platform}) at ${endpoint}, chosen by ${chosenBy}`;
    }
    case "repository-created":
      return `created repository ${event.repository.uri}`;
    case "pushing":
    case "layer":
    case "context":
    case "step":
    case "status":
    case "log":
    case "warning":
      return undefined;
  }
}
