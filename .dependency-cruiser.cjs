/**
 * The laws between the folders; CONTRIBUTING.md says why. Type imports count too.
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "core-knows-only-core",
      severity: "error",
      from: { path: "^src/core/" },
      to: { pathNot: "^src/core/" },
    },
    {
      name: "aws-knows-core-and-the-sdk",
      severity: "error",
      from: { path: "^src/aws/" },
      to: {
        pathNot: "^src/(aws|core)/|^node_modules/@(aws-sdk|smithy)/",
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "docker-knows-core-and-its-wire",
      severity: "error",
      from: { path: "^src/docker/" },
      to: {
        pathNot:
          "^src/(docker|core)/|^node_modules/((@types/)?(dockerode|tar-stream)|@bufbuild/protobuf|dockerfile-ast)/",
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "ui-knows-core-and-vscode",
      severity: "error",
      from: { path: "^src/ui/" },
      to: { pathNot: "^src/(ui|core)/|^vscode$|^node_modules/@types/vscode/" },
    },
    {
      name: "only-ui-and-the-entry-import-vscode",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(ui/|extension\\.ts$)" },
      to: { path: "^vscode$|^node_modules/@types/vscode/" },
    },
    {
      name: "src-never-imports-test",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
  ],
  // The check fails when it saw no module at all, which would be green on nothing.
  required: [
    {
      name: "the-entry-reaches-the-ui",
      severity: "error",
      module: { path: "^src/extension\\.ts$" },
      to: { path: "^src/ui/" },
    },
  ],
  options: {
    // The bundler's script is no part of the house, and the cruiser takes its import of the package
    // "esbuild" for the script itself.
    doNotFollow: { path: "node_modules|^esbuild\\.mjs$" },
    exclude: { path: "^test/fixtures/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
