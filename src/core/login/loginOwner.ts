/** Whose login a registry was shown: that of an AWS profile, or what `docker login` left. */
export type LoginOwner =
  | {
      readonly kind: "aws";
      /** Undefined means the default credentials. */
      readonly profile: string | undefined;
    }
  | { readonly kind: "docker"; readonly username: string };
