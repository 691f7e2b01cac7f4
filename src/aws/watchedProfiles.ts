import type { ProfileSource } from "../core/ports.js";
import type { AwsFileListener } from "./watchAwsFiles.js";

/** The profiles of this host, and the end of looking after their files. */
export interface WatchedProfiles {
  /** Brings in what reads the AWS files; from the first time on, their changes are heard. */
  readonly profiles: () => Promise<ProfileSource>;
  readonly stop: () => void;
}

/** Prepares to read the profiles of this host; reads nothing, as many windows never use ECR. */
export function watchedProfiles(listener: AwsFileListener): WatchedProfiles {
  let watching: Promise<() => void> | undefined;
  return {
    profiles: async () => {
      const { awsProfiles } = await import("./awsProfiles.js");
      const { watchAwsFiles } = await import("./watchAwsFiles.js");
      await (watching ??= watchAwsFiles(listener));
      return awsProfiles;
    },
    stop: () =>
      void watching?.then((stop) => {
        stop();
      }),
  };
}
