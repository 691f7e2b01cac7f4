import { AwsError, invalidParameter } from "./awsError.js";
import type { JsonObject } from "./json.js";
import { isJsonObject } from "./json.js";

/** The arguments of an operation, read field by field with AWS' own refusals. */
export class Input {
  constructor(
    private readonly fields: JsonObject,
    private readonly path = "",
  ) {}

  /** Returns every field as it came, for what is handed on unread. */
  all(): JsonObject {
    return this.fields;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  /** Returns a text that must be there. */
  string(name: string): string {
    return this.optionalString(name) ?? this.#missing(name);
  }

  optionalString(name: string): string | undefined {
    if (!this.has(name)) return undefined;
    const value = this.fields[name];
    if (typeof value !== "string") throw wrongType(this.#pathOf(name), "a string");
    return value;
  }

  /** Returns one of a closed set of texts, or undefined when none is given. */
  optionalChoice<Choice extends string>(
    name: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const value = this.optionalString(name);
    if (value === undefined) return undefined;
    const choice = choices.find((each) => each === value);
    if (choice === undefined) {
      throw invalidParameter(
        this.#pathOf(name),
        `Member must satisfy enum value set: [${choices.join(", ")}]`,
      );
    }
    return choice;
  }

  optionalBoolean(name: string): boolean | undefined {
    if (!this.has(name)) return undefined;
    const value = this.fields[name];
    if (typeof value !== "boolean") throw wrongType(this.#pathOf(name), "a boolean");
    return value;
  }

  /** Returns a whole number between two limits, or undefined when none is given. */
  optionalInteger(name: string, least: number, most: number): number | undefined {
    if (!this.has(name)) return undefined;
    const value = this.fields[name];
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw wrongType(this.#pathOf(name), "an integer");
    }
    const path = this.#pathOf(name);
    if (value < least) {
      throw invalidParameter(path, `Member must have value greater than or equal to ${least}`);
    }
    if (value > most) {
      throw invalidParameter(path, `Member must have value less than or equal to ${most}`);
    }
    return value;
  }

  /** Returns a nested object, or undefined when none is given. */
  optionalObject(name: string): Input | undefined {
    if (!this.has(name)) return undefined;
    const value = this.fields[name];
    if (!isJsonObject(value)) throw wrongType(this.#pathOf(name), "an object");
    return new Input(value, this.#pathOf(name));
  }

  /** Returns a nested object that must be there. */
  object(name: string): Input {
    return this.optionalObject(name) ?? this.#missing(name);
  }

  /** Returns a list of objects, or undefined when none is given. */
  optionalObjects(name: string, least: number, most: number): Input[] | undefined {
    return this.#list(name, least, most)?.map((value, index) => {
      const path = `${this.#pathOf(name)}.${index + 1}.member`;
      if (!isJsonObject(value)) throw wrongType(path, "an object");
      return new Input(value, path);
    });
  }

  /** Returns a list of texts, or undefined when none is given. */
  optionalStrings(name: string, least: number, most: number): string[] | undefined {
    return this.#list(name, least, most)?.map((value, index) => {
      if (typeof value !== "string") {
        throw wrongType(`${this.#pathOf(name)}.${index + 1}.member`, "a string");
      }
      return value;
    });
  }

  /** Returns a list of objects that must be there. */
  objects(name: string, least: number, most: number): Input[] {
    return this.optionalObjects(name, least, most) ?? this.#missing(name);
  }

  /** Returns a list of texts that must be there. */
  strings(name: string, least: number, most: number): string[] {
    return this.optionalStrings(name, least, most) ?? this.#missing(name);
  }

  #list(name: string, least: number, most: number): readonly unknown[] | undefined {
    if (!this.has(name)) return undefined;
    const value: unknown = this.fields[name];
    if (!isList(value)) throw wrongType(this.#pathOf(name), "a list");
    const path = this.#pathOf(name);
    if (value.length < least) {
      throw invalidParameter(path, `Member must have length greater than or equal to ${least}`);
    }
    if (value.length > most) {
      throw invalidParameter(path, `Member must have length less than or equal to ${most}`);
    }
    return value;
  }

  #missing(name: string): never {
    throw invalidParameter(this.#pathOf(name), "Member must not be null");
  }

  #pathOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }
}

/** `Array.isArray` alone would make the items `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function wrongType(path: string, expected: string): AwsError {
  return new AwsError("SerializationException", `Expected ${expected} at '${path}'`);
}
