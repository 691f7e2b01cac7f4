import type { Input } from "./input.js";
import type { ImageRecord, ImageStatus } from "./records.js";

/** Which images a list shows; without a filter, those that can be pulled. */
export interface ImageFilter {
  readonly tagStatus: "TAGGED" | "UNTAGGED" | "ANY";
  readonly imageStatus: ImageStatus | "ANY";
}

/** Reads the `filter` of a request. */
export function parseImageFilter(input: Input): ImageFilter {
  const filter = input.optionalObject("filter");
  return {
    tagStatus: filter?.optionalChoice("tagStatus", ["TAGGED", "UNTAGGED", "ANY"]) ?? "ANY",
    imageStatus:
      filter?.optionalChoice("imageStatus", ["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"]) ??
      "ACTIVE",
  };
}

/** Tells whether a list with this filter shows an image. */
export function passesFilter(image: ImageRecord, filter: ImageFilter): boolean {
  if (filter.imageStatus !== "ANY" && image.status !== filter.imageStatus) return false;
  switch (filter.tagStatus) {
    case "ANY":
      return true;
    case "TAGGED":
      return image.tags.length > 0;
    case "UNTAGGED":
      return image.tags.length === 0;
  }
}
