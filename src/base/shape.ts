/**
 * Checks of records: what members an argument must have, and of what kind. A message names the member by its path, as
 * `data.series[2].N must be an array of numbers, got null`.
 */
import { quote, requireFunction, requireObject } from './errors.js'

/** A member that may be absent. */
export interface Optional<S> {
  readonly optional: S
}

/** The kind of a value: 'numbers' are without NaN, 'gaps' may have some; a list has one shape for all entries. */
export type Shape =
  | 'number'
  | 'text'
  | 'flag'
  | 'function'
  | 'numbers'
  | 'gaps'
  | 'record'
  | 'any'
  | readonly [Shape]
  | Optional<Shape>
  | { readonly [member: string]: Shape }

/** The shape that fits a type, so that the compiler refuses one with a member missing or of another kind. */
export type ShapeOf<T> =
  | 'any'
  | ([T] extends [number]
      ? 'number'
      : [T] extends [string]
        ? 'text'
        : [T] extends [boolean]
          ? 'flag'
          : [T] extends [(...args: never[]) => unknown]
            ? 'function'
            : [T] extends [ArrayLike<number>]
              ? 'numbers' | 'gaps'
              : [T] extends [readonly (infer Entry)[]]
                ? readonly [ShapeOf<Entry>]
                : [T] extends [object]
                  ? string extends keyof T
                    ? 'record'
                    : {
                        readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
                          ? Optional<ShapeOf<NonNullable<T[K]>>>
                          : ShapeOf<T[K]>
                      }
                  : never)

/**
 * Requires a value of a shape; members that the shape does not name are left alone.
 * @throws TypeError, RangeError naming the first member that does not fit
 * @example requireShape<{ mean: number[] }>('first', { mean: 1 }, { mean: 'numbers' }) // TypeError: first.mean must be an array
 */
export function requireShape<T>(name: string, value: unknown, shape: ShapeOf<T>): void {
  check(name, value, shape as Shape)
}

const KINDS: Readonly<Record<Extract<Shape, string>, (name: string, value: unknown) => void>> = {
  any: () => undefined,
  number: (name, value) => requireKind(name, value, typeof value === 'number' && !Number.isNaN(value), 'a number'),
  text: (name, value) => requireKind(name, value, typeof value === 'string', 'a string'),
  flag: (name, value) => requireKind(name, value, typeof value === 'boolean', 'true or false'),
  function: requireFunction,
  record: requireObject,
  numbers: (name, value) => requireNumbers(name, value),
  gaps: (name, value) => requireNumbers(name, value, true),
}

function check(name: string, value: unknown, shape: Shape): void {
  if (typeof shape === 'string') KINDS[shape](name, value)
  else if (isList(shape)) {
    requireKind(name, value, Array.isArray(value), 'an array')
    for (const [k, entry] of (value as unknown[]).entries()) check(`${name}[${k}]`, entry, shape[0])
  } else {
    requireObject(name, value)
    for (const [member, inner] of Object.entries(shape as Readonly<Record<string, Shape>>)) {
      const found = (value as Readonly<Record<string, unknown>>)[member]
      if (!isOptional(inner)) check(`${name}.${member}`, found, inner)
      else if (found !== undefined) check(`${name}.${member}`, found, inner.optional)
    }
  }
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
const isOptional = (shape: Shape): shape is Optional<Shape> => typeof shape === 'object' && 'optional' in shape

function requireKind(name: string, value: unknown, fits: boolean, kind: string): void {
  if (!fits) throw new TypeError(`${name} must be ${kind}, got ${quote(value)}`)
}

/** Requires an array or typed array of numbers. @param gaps whether some may be NaN @throws TypeError, RangeError */
export function requireNumbers(name: string, value: unknown, gaps: boolean = false): void {
  const isArray = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
  requireKind(name, value, isArray, 'an array of numbers')
  const numbers = value as ArrayLike<unknown>
  for (let k = 0; k < numbers.length; k++) {
    const x = numbers[k]
    if (typeof x !== 'number' || (!gaps && Number.isNaN(x))) {
      throw new RangeError(`${name}[${k}] must be a number, got ${quote(x)}`)
    }
  }
}
