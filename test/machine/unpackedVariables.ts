import path from "node:path";

/**
 * Returns the variables that let programs be found, and find their libraries, in folders that Debian
 * packages were unpacked into; without a folder, those of the system.
 */
export function unpackedVariables(folder?: string): Readonly<Record<string, string>> {
  const own = (process.env["PATH"] ?? "").split(path.delimiter);
  const system = ["/usr/local/sbin", "/usr/sbin", "/sbin"].filter((name) => !own.includes(name));
  if (folder === undefined) return { PATH: [...own, ...system].join(path.delimiter) };
  const library = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
  const programs = ["usr/sbin", "usr/bin"].map((name) => path.join(folder, name));
  const libraries = ["usr/lib", "lib"].map((name) => path.join(folder, name, library));
  return {
    PATH: [...programs, ...own, ...system].join(path.delimiter),
    LD_LIBRARY_PATH: libraries.join(path.delimiter),
  };
}
