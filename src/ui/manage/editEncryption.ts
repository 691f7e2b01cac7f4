import * as vscode from "vscode";
import { parseKmsKey } from "../../core/changes/kmsKey.js";
import type { NewRepository } from "../../core/registry.js";
import { pickOne } from "../pickOne.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";

/** ECR's name of the key that AWS keeps for it in each account. */
const AWS_KEY = "aws/ecr";

/** Says what encrypts a repository. */
export function encryptionText(kmsKey: string | undefined): string {
  if (kmsKey === undefined) return vscode.l10n.t("AES-256");
  return kmsKey === AWS_KEY
    ? vscode.l10n.t("AWS KMS, key of AWS")
    : vscode.l10n.t("AWS KMS, {0}", kmsKey);
}

/** Asks what is to encrypt a repository, and for the name of a key of one's own. */
export async function editEncryption(
  wanted: NewRepository,
  region: string,
  position: StepPosition,
): Promise<StepAnswer<NewRepository>> {
  const { kmsKey, ...rest } = wanted;
  const own = kmsKey === undefined || kmsKey === AWS_KEY ? "" : kmsKey;
  const current = kmsKey === undefined ? "aes" : own === "" ? "aws" : "own";
  const answer = await pickOne<"aes" | "aws" | "own">(position, {
    placeholder: vscode.l10n.t("What encrypts the images of {0}", wanted.name),
    isActive: (value) => value === current,
    load: (show) => {
      show(encryptionItems());
      return Promise.resolve();
    },
  });
  if (answer.kind !== "answer") return answer;
  if (answer.value === "aes") return { kind: "answer", value: rest };
  if (answer.value === "aws") return { kind: "answer", value: { ...rest, kmsKey: AWS_KEY } };
  const key = await askChecked(
    {
      prompt: vscode.l10n.t("KMS key in {0}: its id, alias or ARN", region),
      placeholder: "alias/ecr-images",
      proposal: own,
      check: (text) => reasonAgainst((typed) => parseKmsKey(typed, region), text),
    },
    position,
  );
  return mapAnswer(key, (typed) => ({ ...rest, kmsKey: typed }));
}

function encryptionItems(): readonly (vscode.QuickPickItem & { value: "aes" | "aws" | "own" })[] {
  const { t } = vscode.l10n;
  return [
    {
      label: t("AES-256"),
      detail: t("With keys of ECR, at no cost"),
      iconPath: new vscode.ThemeIcon("lock"),
      value: "aes",
    },
    {
      label: t("AWS KMS, key of AWS"),
      detail: t("With the key aws/ecr of the account"),
      iconPath: new vscode.ThemeIcon("key"),
      value: "aws",
    },
    {
      label: t("AWS KMS, key of your own…"),
      detail: t("Whoever pulls needs no right to the key; ECR gets a grant for it"),
      iconPath: new vscode.ThemeIcon("key"),
      value: "own",
    },
  ];
}
