import { parseArgs } from "node:util";
import { startLocalEcr } from "./server.js";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    data: { type: "string" },
    "token-life": { type: "string", default: String(12 * 3600) },
  },
});
if (values.data === undefined) {
  throw new Error("Usage: main.ts --data FOLDER [--port PORT] [--token-life SECONDS]");
}

const ecr = await startLocalEcr({
  dataDir: values.data,
  port: Number(values.port),
  tokenLifeSeconds: Number(values["token-life"]),
});
console.log(ecr.origin);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void ecr.close());
}
