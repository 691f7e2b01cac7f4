import { expect, it } from "vitest";
import { copyForms } from "../../../../src/core/images/copyForms.js";

const URI = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api";
const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/team/api";
const DIGEST = `sha256:${"9f".repeat(32)}`;

it("an image is written as it is pasted", () => {
  const forms = copyForms({ uri: URI, arn: ARN }, { digest: DIGEST, tags: ["1.4.0", "latest"] });
  expect(Object.fromEntries(forms)).toEqual({
    uri: `${URI}:1.4.0`,
    "digest-uri": `${URI}@${DIGEST}`,
    "docker-pull": `docker pull ${URI}:1.4.0`,
    from: `FROM ${URI}:1.4.0@${DIGEST}`,
    kubernetes: `image: ${URI}@${DIGEST}`,
    ecs: `"image": "${URI}@${DIGEST}"`,
    terraform: `image = "${URI}@${DIGEST}"`,
    digest: DIGEST,
    arn: ARN,
  });
});

it("an image without tags is named by its digest", () => {
  const forms = copyForms({ uri: URI, arn: ARN }, { digest: DIGEST, tags: [] });
  expect(forms.get("uri")).toBe(`${URI}@${DIGEST}`);
  expect(forms.get("docker-pull")).toBe(`docker pull ${URI}@${DIGEST}`);
  expect(forms.get("from")).toBe(`FROM ${URI}@${DIGEST}`);
});
