/**
 * A lifecycle policy to begin with, for a repository that has none: untagged images stay for two
 * weeks, and the 30 newest images stay in any case.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
 */
export const STARTER_POLICY = `${JSON.stringify(
  {
    rules: [
      {
        rulePriority: 1,
        description: "Expire untagged images after 14 days",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: 14,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: "Keep the last 30 images",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 30 },
        action: { type: "expire" },
      },
    ],
  },
  undefined,
  2,
)}\n`;
