/** Where a step stands in the Dockerfile. */
export interface StepPlace {
  /** The stage's name, such as `builder` or `stage-1`; undefined where there is only one. */
  readonly stage?: string;
  /** The stage's place in the Dockerfile, from 0. */
  readonly stageIndex: number;
  /** The platform, where the build has several. */
  readonly platform?: string;
  /** Counts from 1 within the stage. */
  readonly index: number;
  /** Steps of the stage. */
  readonly total: number;
  /** The instruction with its arguments filled in. */
  readonly text: string;
  /** The first line of the instruction, from 1, where it is known. */
  readonly line?: number;
}

/** How a step stands; `cached` is done with the result of an earlier build. */
export type StepState = "waiting" | "running" | "cached" | "done" | "failed" | "cancelled";

/** What a build says of one of its steps; later events of the same id replace earlier ones. */
export interface StepEvent {
  readonly type: "step";
  /** Names the step within its build. */
  readonly id: string;
  /** The builder's own words: `[2/4] RUN make`, `[internal] load build context`. */
  readonly name: string;
  /** Undefined for the builder's own work. */
  readonly place?: StepPlace;
  readonly state: StepState;
  /** By this machine's clock. */
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Why it failed. */
  readonly error?: string;
}

/** How far one part of a step is, such as a layer that it pulls or exports. */
export interface StatusEvent {
  readonly type: "status";
  /** The step that it is part of. */
  readonly step: string;
  /** What the part is, such as `sha256:…` or `exporting layers`; unique within the step. */
  readonly id: string;
  readonly doneBytes: number;
  /** 0 while unknown, and for parts that have no size. */
  readonly totalBytes: number;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
}

/** How much of the build context has gone to the engine. */
export interface ContextEvent {
  readonly type: "context";
  readonly sentBytes: number;
  readonly files: number;
  /** Bytes that the engine asked for so far, where it asks for what it lacks. */
  readonly totalBytes?: number;
  /** The step that waits for the context, where the builder has one. */
  readonly step?: string;
}

/** A line that a step, or the builder itself, writes. */
export interface LogEvent {
  readonly type: "log";
  readonly text: string;
  /** The step that wrote it; undefined for words about the whole build. */
  readonly step?: string;
  /** By this machine's clock. */
  readonly at?: Date;
}

/** Something that people should know although the build goes on. */
export interface WarningEvent {
  readonly type: "warning";
  readonly text: string;
  /** What else there is to say, line by line. */
  readonly details?: readonly string[];
  /** A page that says more; it comes from the engine. */
  readonly url?: string;
  /** The first line of the Dockerfile that it is about, from 1, where the engine tells it. */
  readonly line?: number;
  /** The last such line. */
  readonly endLine?: number;
  readonly step?: string;
}

/** The upload for one reference begins; builds that push tell this too. */
export interface PushingEvent {
  readonly type: "pushing";
  readonly reference: string;
}
