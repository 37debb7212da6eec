/** Small checked readers for data from outside. They keep what is known, ignore the rest, and name the place of a fault. */
export type Decoder<T> = (value: unknown, path: string) => T;

export class DecodeError extends Error {
  constructor(path: string, expected: string) {
    super(`${path || 'value'}: expected ${expected}`);
    this.name = 'DecodeError';
  }
}

export const string: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new DecodeError(path, 'a string');
  return value;
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DecodeError(path, 'a number');
  return value;
};

export const boolean: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new DecodeError(path, 'true or false');
  return value;
};

/** One of some texts; another one, which a newer server may send, becomes the fallback. */
export function oneOf<T extends string>(values: readonly T[], fallback: T): Decoder<T> {
  return (value, path) => {
    const text = string(value, path);
    return values.find((known) => known === text) ?? fallback;
  };
}

export function array<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new DecodeError(path, 'a list');
    return value.map((element, index) => item(element, `${path}[${index}]`));
  };
}

/** A value that may be absent or null; both become undefined. */
export function optional<T>(inner: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined || value === null ? undefined : inner(value, path));
}

/** A value with a default for when it is absent or null. */
export function withDefault<T>(inner: Decoder<T>, fallback: T): Decoder<T> {
  return (value, path) => (value === undefined || value === null ? fallback : inner(value, path));
}

export type Fields = Record<string, unknown>;

export const fields: Decoder<Fields> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError(path, 'an object');
  }
  return value as Fields;
};

type Shape = Record<string, Decoder<unknown>>;
type Decoded<S extends Shape> = { [K in keyof S]: S[K] extends Decoder<infer T> ? T : never };

/** An object of the given fields, each read by its decoder. */
export function object<S extends Shape>(shape: S): Decoder<Decoded<S>> {
  return (value, path) => {
    const source = fields(value, path);
    const result: Fields = {};
    for (const [key, decoder] of Object.entries(shape)) {
      result[key] = decoder(source[key], path === '' ? key : `${path}.${key}`);
    }
    return result as Decoded<S>;
  };
}
