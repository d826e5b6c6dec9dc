// node hold_to_schema.mjs SCHEMA.json FILE.json: exit code 1, with the place, where the file is not
// as the schema says. Knows the keywords that our schemas use, and stops at any other.
import { readFileSync } from "node:fs";

const [schemaFile, file] = process.argv.slice(2);
const root = JSON.parse(readFileSync(schemaFile, "utf8"));
const violation = violationOf(JSON.parse(readFileSync(file, "utf8")), root, "$");
if (violation) {
  console.error(`${file}: ${violation}`);
  process.exit(1);
}

/** Empty where `value` is as the schema says, else where and why not. */
function violationOf(value, schema, at) {
  for (const [keyword, wanted] of Object.entries(schema)) {
    const check = checks()[keyword];
    if (!check) throw new Error(`${schemaFile}: the keyword ${keyword} is not known here`);
    const violation = check(value, wanted, at, schema);
    if (violation) return violation;
  }
  return "";
}

function checks() {
  const no = (at, what) => `${at} ${what}`;
  const nothing = () => "";
  return {
    $schema: nothing,
    $id: nothing,
    $defs: nothing,
    title: nothing,
    description: nothing,
    $ref: (value, path, at) => violationOf(value, referred(path), at),
    const: (value, wanted, at) => (value === wanted ? "" : no(at, `is not ${wanted}`)),
    enum: (value, wanted, at) => (wanted.includes(value) ? "" : no(at, `is ${value}`)),
    type: (value, wanted, at) => (hasType(value, wanted) ? "" : no(at, `is no ${wanted}`)),
    pattern: (value, wanted, at) => (new RegExp(wanted).test(value) ? "" : no(at, `is ${value}`)),
    minimum: (value, wanted, at) => (value >= wanted ? "" : no(at, "is too low")),
    maximum: (value, wanted, at) => (value <= wanted ? "" : no(at, "is too high")),
    minItems: (value, wanted, at) => (value.length >= wanted ? "" : no(at, "has too few items")),
    maxItems: (value, wanted, at) => (value.length <= wanted ? "" : no(at, "has too many items")),
    items: (value, wanted, at) =>
      first(value.map((item, i) => violationOf(item, wanted, `${at}[${i}]`))),
    required: (value, wanted, at) => first(wanted.map((key) => (key in value ? "" : no(at, `lacks ${key}`)))),
    properties: (value, wanted, at) =>
      first(
        Object.entries(wanted).map(([key, schema]) =>
          key in value ? violationOf(value[key], schema, `${at}.${key}`) : "",
        ),
      ),
    additionalProperties: (value, wanted, at, schema) =>
      wanted ? "" : first(Object.keys(value).map((key) => (key in schema.properties ? "" : no(at, `has ${key}`)))),
    oneOf: (value, wanted, at) => {
      const violations = wanted.map((schema) => violationOf(value, schema, at));
      return violations.filter((violation) => !violation).length === 1 ? "" : violations.join("; or ");
    },
  };
}

function referred(path) {
  return path
    .slice(2)
    .split("/")
    .reduce((node, key) => node[key], root);
}

function hasType(value, type) {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function first(violations) {
  return violations.find((violation) => violation) ?? "";
}
