import type { PushEvent } from "../core/pushImage.js";

/** Returns the log line of an event; undefined for events that only move the progress. */
export function pushLogLine(event: PushEvent): string | undefined {
  switch (event.type) {
    case "phase":
      return `# ${event.phase}`;
    case "engine": {
      const { name, version, endpoint, chosenBy, platform } = event.engine;
      return `${name} ${version} (${platform}) at ${endpoint}, chosen by ${chosenBy}`;
    }
    case "repository-created":
      return `created repository ${event.repository.uri}`;
    case "pushing":
      return `pushing ${event.reference}`;
    case "step":
      return `[${event.index}/${event.total}] ${event.text}`;
    case "log":
      return event.text.trimEnd();
    case "warning":
      return `warning: ${event.text}`;
    case "layer":
      // The byte counts of a running upload would bury everything else.
      return event.state === "uploading" ? undefined : `${event.id}: ${event.text}`;
    case "context":
      return undefined;
  }
}
