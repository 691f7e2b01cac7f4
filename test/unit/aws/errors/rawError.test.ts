import { describe, expect, it } from "vitest";
import { rawErrors } from "../../../../src/aws/errors/rawError.js";

describe("rawErrors", () => {
  it("lists the chain of causes, outermost first", () => {
    const chain = new Error("a", { cause: new Error("b", { cause: new Error("c") }) });
    expect(rawErrors(chain).map(({ message }) => message)).toEqual(["a", "b", "c"]);
  });

  it("lists the parts of an aggregate, as Node throws it for a host with two addresses", () => {
    const parts = ["::1", "127.0.0.1"].map((address) =>
      Object.assign(new Error(address), { code: "ECONNREFUSED", address, port: 9 }),
    );
    const aggregate = Object.assign(new AggregateError(parts), { code: "ECONNREFUSED" });
    expect(rawErrors(aggregate).map(({ code, host }) => [code, host])).toEqual([
      ["ECONNREFUSED", undefined],
      ["ECONNREFUSED", "::1:9"],
      ["ECONNREFUSED", "127.0.0.1:9"],
    ]);
  });

  it("ends on a ring of causes", () => {
    const error = new Error("ring");
    error.cause = error;
    expect(rawErrors(error).length).toBeLessThan(10);
  });

  it("reads the status of AWS's answer", () => {
    const error = Object.assign(new Error("x"), { $metadata: { httpStatusCode: 429 } });
    expect(rawErrors(error)).toMatchObject([{ status: 429 }]);
  });
});
