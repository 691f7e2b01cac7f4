import type { EqualityCase } from "../equalityCase.js";

const STAGES = {
  Dockerfile: [
    "ARG BASE=busybox:local",
    "FROM $BASE AS base",
    "RUN echo @nonce@ > /base",
    "FROM base AS Tools",
    "COPY tools /tools",
    "FROM base AS never",
    "COPY never /never",
    "FROM scratch AS out",
    "COPY --from=tools /tools /base /",
    "FROM out",
    "COPY last /last",
  ].join("\n"),
  tools: "@nonce@",
  never: "never",
  last: "last @nonce@",
};

/** Stages, and which of them is built. */
export const stages: readonly EqualityCase[] = [
  { name: "the last stage", tree: STAGES },
  { name: "a target by name", tree: STAGES, options: { target: "tools" } },
  { name: "a target by name in other letters", tree: STAGES, options: { target: "OUT" } },
  {
    name: "a target by number",
    tree: STAGES,
    options: { target: "3" },
    failure: /target stage \S*3\S* could not be found/,
  },
  {
    name: "a stage chosen by an argument",
    tree: {
      Dockerfile: [
        "ARG VARIANT=dev",
        "FROM busybox:local AS dev",
        "RUN echo dev @nonce@ > /which",
        "FROM busybox:local AS prod",
        "RUN echo prod @nonce@ > /which",
        "FROM ${VARIANT}",
        "COPY a /",
      ].join("\n"),
      a: "@nonce@",
    },
    options: { buildArgs: { VARIANT: "prod" } },
  },
  {
    name: "a stage that hides an image of its name",
    tree: {
      Dockerfile: "FROM scratch AS busybox\nCOPY a /\nFROM busybox\nCOPY a /b\n",
      a: "@nonce@",
    },
    reproducible: true,
  },
];
