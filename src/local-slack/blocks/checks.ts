/** One thing wrong with a payload: what, and where as a JSON pointer. */
export type Problem = { message: string; pointer: string };

/** Looks at a value found at a JSON pointer and adds to `problems` what Slack would refuse. */
export type Check = (value: unknown, pointer: string, problems: Problem[]) => void;

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Characters as Slack counts them: an emoji is one. */
export const lengthOf = (text: string): number => [...text].length;

export function string(bounds: { min?: number; max?: number } = {}): Check {
  return (value, pointer, problems) => {
    if (typeof value !== 'string') {
      problems.push({ message: 'must provide a string', pointer });
      return;
    }
    const length = lengthOf(value);
    if (bounds.max !== undefined && length > bounds.max) {
      problems.push({ message: `must be less than ${bounds.max + 1} characters`, pointer });
    }
    if (bounds.min !== undefined && length < bounds.min) {
      problems.push({ message: `must be more than ${bounds.min - 1} characters`, pointer });
    }
  };
}

export function number(
  bounds: { min?: number; max?: number; above?: number; integer?: boolean } = {},
): Check {
  return (value, pointer, problems) => {
    if (
      typeof value !== 'number' ||
      !Number.isFinite(value) ||
      (bounds.integer && !Number.isInteger(value))
    ) {
      problems.push({ message: `must provide ${bounds.integer ? 'an integer' : 'a number'}`, pointer });
      return;
    }
    if (bounds.min !== undefined && value < bounds.min)
      problems.push({ message: `must be at least ${bounds.min}`, pointer });
    if (bounds.max !== undefined && value > bounds.max)
      problems.push({ message: `must be at most ${bounds.max}`, pointer });
    if (bounds.above !== undefined && value <= bounds.above) {
      problems.push({ message: `must be greater than ${bounds.above}`, pointer });
    }
  };
}

export const boolean: Check = (value, pointer, problems) => {
  if (typeof value !== 'boolean') problems.push({ message: 'must provide a boolean', pointer });
};

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, pointer, problems) => {
    if (!allowed.includes(value as string)) {
      problems.push({ message: `value must be one of: ${allowed.join(', ')}`, pointer });
    }
  };
}

export function pattern(expression: RegExp, shape: string): Check {
  return (value, pointer, problems) => {
    if (typeof value !== 'string' || !expression.test(value)) {
      problems.push({ message: `must be ${shape}`, pointer });
    }
  };
}

export function list(of: Check, bounds: { min?: number; max?: number } = {}): Check {
  return (value, pointer, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ message: 'must provide an array', pointer });
      return;
    }
    if (bounds.min !== undefined && value.length < bounds.min) {
      problems.push({ message: `no fewer than ${bounds.min} items allowed`, pointer });
    }
    if (bounds.max !== undefined && value.length > bounds.max) {
      problems.push({ message: `no more than ${bounds.max} items allowed`, pointer });
    }
    value.forEach((item, index) => {
      of(item, `${pointer}/${index}`, problems);
    });
  };
}

export type Fields = Record<string, Check>;

/** An object with these fields and no other. `also` sees the object once its fields were looked at. */
export function object(shape: {
  required?: Fields;
  optional?: Fields;
  also?: Rule[];
  open?: boolean;
}): Check {
  const required = shape.required ?? {};
  const known = new Map(Object.entries({ ...shape.optional, ...required }));
  return (value, pointer, problems) => {
    if (!isObject(value)) {
      problems.push({ message: 'must provide an object', pointer });
      return;
    }
    for (const field of Object.keys(required)) {
      if (value[field] === undefined || value[field] === null) {
        problems.push({ message: `missing required field: ${field}`, pointer });
      }
    }
    for (const [field, content] of Object.entries(value)) {
      if (content === undefined || content === null) continue;
      const check = known.get(field);
      if (check) check(content, `${pointer}/${field}`, problems);
      else if (!shape.open) problems.push({ message: `invalid additional property: ${field}`, pointer });
    }
    for (const rule of shape.also ?? []) rule(value, pointer, problems);
  };
}

/** A rule between fields of one object. */
export type Rule = (value: Json, pointer: string, problems: Problem[]) => void;

/** At least one of these fields. */
export function anyFieldOf(...fields: string[]): Rule {
  return (value, pointer, problems) => {
    if (fields.some((field) => value[field] !== undefined && value[field] !== null)) return;
    problems.push({ message: `must define either ${fields.map((f) => `\`${f}\``).join(' or ')}`, pointer });
  };
}

/** Exactly one of these fields. */
export function exactlyOneOf(...fields: string[]): Rule {
  return (value, pointer, problems) => {
    const given = fields.filter((field) => value[field] !== undefined && value[field] !== null);
    if (given.length === 1) return;
    const names = fields.map((field) => `\`${field}\``).join(' or ');
    problems.push({
      message: given.length === 0 ? `must define either ${names}` : `must define only one of ${names}`,
      pointer,
    });
  };
}

/** Chooses the check by the object's `type`. */
export function byType(table: Record<string, Check>): Check {
  const checks = new Map(Object.entries(table));
  return (value, pointer, problems) => {
    if (!isObject(value)) {
      problems.push({ message: 'must provide an object', pointer });
      return;
    }
    if (typeof value.type !== 'string') {
      problems.push({ message: 'missing required field: type', pointer });
      return;
    }
    const check = checks.get(value.type);
    if (check) check(value, pointer, problems);
    else problems.push({ message: `unsupported type: ${value.type}`, pointer: `${pointer}/type` });
  };
}

/** Slack's spelling of a problem, as found in `response_metadata.messages`. */
export const spell = (problem: Problem): string =>
  `${problem.message} [json-pointer:${problem.pointer || '/'}]`;
