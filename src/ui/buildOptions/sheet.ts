import type { BuildChoices, SecretSources, TypedValues } from "../../core/build/buildChoices.js";
import type { DockerfileOutline } from "../../core/build/dockerfileOutline.js";
import type { EngineDescription } from "../../core/enginePorts.js";
import type { StepPosition } from "../wizard.js";

/** What the options sheet of a Dockerfile shows and works with. */
export interface Sheet {
  readonly title: string;
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  readonly outline: DockerfileOutline;
  readonly sources: SecretSources;
  /** Asks the engine what it is; undefined when none answers. */
  readonly describeEngine: () => Promise<EngineDescription | undefined>;
}

/** What the sheet holds while it is open. */
export interface SheetState {
  readonly choices: BuildChoices;
  /** Kept nowhere but here. */
  readonly typed: TypedValues;
}

/** The place of a question that the sheet asks: one step below the sheet. */
export function below(sheet: Pick<Sheet, "title">): StepPosition {
  return { title: sheet.title, step: 1, totalSteps: 1, canGoBack: true };
}

/** Returns the state with other choices. */
export function choose(state: SheetState, changes: Partial<BuildChoices>): SheetState {
  return { ...state, choices: { ...state.choices, ...changes } };
}
