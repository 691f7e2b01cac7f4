/** AWS's own list of what Docker says about ECR. */
export const ERRORS_GUIDE =
  "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html";
/** The codes of the distribution specification, which engines turn into words. */
export const DISTRIBUTION_CODES =
  "https://github.com/distribution/distribution/blob/main/registry/api/errcode/register.go";
/** What engines with the classic store make of an answer that is no JSON. */
export const DISTRIBUTION_CLIENT =
  "https://github.com/distribution/distribution/blob/v2.8.2/registry/client/errors.go";
/** What engines with the classic store say of a pull. */
export const MOBY_PULL = "https://github.com/moby/moby/blob/v26.1.5/distribution/errors.go";
/** What engines with the containerd image store make of a status. */
export const CONTAINERD_ERRORS =
  "https://github.com/containerd/containerd/blob/v1.7.24/remotes/errors/errors.go";
