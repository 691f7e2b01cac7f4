import { AwsError } from "../awsError.js";
import type { Operation } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { parsePageRequest, takePage } from "../paging.js";
import type { CreationTemplate } from "../records.js";

/** The operation that tells how missing repositories are created. */
export const creationTemplateOperations: Readonly<Record<string, Operation>> = {
  DescribeRepositoryCreationTemplates({ input, key, context }) {
    const prefixes = input.optionalStrings("prefixes", 1, 100);
    const request = parsePageRequest(input, `templates/${key.account}/${key.region}`, "prefixes");
    const templates = context.store.registry(key).templates();
    templates.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
    if (prefixes) {
      const found = prefixes.map((prefix) => {
        const template = templates.find((each) => each.prefix === prefix);
        if (template) return describe(template);
        throw new AwsError(
          "TemplateNotFoundException",
          `The repository creation template with prefix '${prefix}' does not exist in the registry with id '${key.account}'`,
        );
      });
      return { registryId: key.account, repositoryCreationTemplates: found };
    }
    const start = request.cursor?.key ?? "";
    const rows = templates
      .filter(({ prefix }) => prefix >= start)
      .map((template) => ({ key: template.prefix, row: describe(template) }));
    const { rows: page, nextToken } = takePage(rows, request);
    return { registryId: key.account, repositoryCreationTemplates: page, nextToken };
  },
};

function describe(template: CreationTemplate): object {
  return {
    prefix: template.prefix,
    appliedFor: template.appliedFor,
    imageTagMutability: template.tagMutability,
    encryptionConfiguration: { encryptionType: "AES256" },
    createdAt: epochSeconds(template.createdAt),
    updatedAt: epochSeconds(template.createdAt),
  };
}
