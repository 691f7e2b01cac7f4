import type { Workbench } from "./workbench.js";

/** What a test answers where it isn't about the questions. */
export interface PushAnswersOfTest {
  /** An existing repository; or one to create, with `create`. */
  readonly repository: string;
  /** Creates the repository with this rule. */
  readonly create?: "Mutable tags" | "Immutable tags";
  /** The tag to type. */
  readonly tag: string;
  /** The row of the build context; absent where the Dockerfile's folder is the workspace. */
  readonly context?: string;
}

/** Answers the questions of a push from the repository on; the image is for linux/amd64. */
export async function answerPushQuestions(
  { quickInput }: Workbench,
  { repository, create, tag, context }: PushAnswersOfTest,
): Promise<void> {
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.type(repository);
  if (create === undefined) {
    await quickInput.pick(repository);
  } else {
    await quickInput.pick(`Create “${repository}”…`);
    await quickInput.pick(create);
  }
  await quickInput.waitForQuestion(/^Tags for /);
  await quickInput.type(tag);
  await quickInput.waitForRow(tag);
  await quickInput.accept();
  await quickInput.waitForQuestion(/Where will it run/);
  await quickInput.pick("Fargate, ECS or EKS on x86-64");
  if (context === undefined) return;
  await quickInput.waitForQuestion(/^Build context/);
  await quickInput.pick(context);
}
