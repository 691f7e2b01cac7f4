import { expect, it } from "vitest";
import { stepLabel, stepText } from "../../../src/ui/stepText.js";

const digest = `sha256:9f2c${"0".repeat(58)}e1`;

it.each([
  ["[internal] load build context", "load build context"],
  ["[internal] load metadata for docker.io/library/node:24", "load metadata for node:24"],
  ["[internal] load metadata for public.ecr.aws/a/b:1", "load metadata for public.ecr.aws/a/b:1"],
  ["pushing 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1", "pushing team/api:1"],
  ["pushing layers", "pushing layers"],
])("calls %j %j", (name, label) => {
  expect(stepLabel({ name })).toBe(label);
});

it.each([
  ["FROM docker.io/library/node:24", "FROM node:24"],
  ["FROM docker.io/grafana/grafana:12", "FROM grafana/grafana:12"],
  [`FROM docker.io/library/node:24@${digest}`, "FROM node:24"],
  [`FROM host:5000/a/b@${digest}`, "FROM host:5000/a/b@sha256:9f2c…e1"],
  [`FROM ghcr.io/a/b@${digest} AS base`, "FROM ghcr.io/a/b@sha256:9f2c…e1 AS base"],
  [`RUN  echo docker.io/library/node@${digest}`, `RUN echo docker.io/library/node@${digest}`],
])("calls the instruction %j %j", (text, label) => {
  const place = { stageIndex: 0, index: 1, total: 2, text };
  expect(stepLabel({ name: "[1/2]", place })).toBe(label);
});

it("keeps the whole text beside the short one", () => {
  expect(stepText({ name: "pushing host/a:1" })).toBe("pushing host/a:1");
});
