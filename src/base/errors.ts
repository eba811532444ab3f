/**
 * Argument checks. Every message names the argument, the value got and the range allowed.
 */

/** How a value is quoted in an error message. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Float64Array).length})`
  if (Array.isArray(value)) return `an array of length ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/** Requires a number inside [min, max], finite unless a bound is infinite and reached. @throws TypeError, RangeError */
export function requireNumber(name: string, value: unknown, min: number, max: number, range?: string): number {
  const allowed = range ?? `a number in [${min}, ${max}]`
  if (typeof value !== 'number') throw new TypeError(`${name} must be ${allowed}, got ${quote(value)}`)
  if (!(value >= min && value <= max)) throw new RangeError(`${name} must be ${allowed}, got ${value}`)
  return value
}

/** Requires a finite number > 0. @throws TypeError, RangeError */
export function requirePositive(name: string, value: unknown): number {
  return requireNumber(name, value, Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number > 0')
}

/** Requires an integer in [min, max]. @throws TypeError, RangeError @example requireInteger('N', 2.5, 1) // RangeError */
export function requireInteger(
  name: string,
  value: unknown,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  const range = max === Number.MAX_SAFE_INTEGER ? `an integer >= ${min}` : `an integer in [${min}, ${max}]`
  if (typeof value !== 'number') throw new TypeError(`${name} must be ${range}, got ${quote(value)}`)
  if (!(Number.isSafeInteger(value) && value >= min && value <= max)) {
    throw new RangeError(`${name} must be ${range}, got ${value}`)
  }
  return value
}

/**
 * Requires an object, such as an options bag: no null, array, function, number or text.
 * @param like what it looks like, for the message
 * @throws TypeError
 * @example requireObject('options', 2, '{ scale }') // TypeError: options must be an object { scale }, got 2
 */
export function requireObject(name: string, value: unknown, like?: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new TypeError(`${name} must be an object${like === undefined ? '' : ` ${like}`}, got ${quote(value)}`)
  }
}

/** Requires one of a list of values. @throws RangeError */
export function requireOneOf<T extends string | number>(name: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) {
    throw new RangeError(`${name} must be one of ${allowed.map(quote).join(', ')}, got ${quote(value)}`)
  }
  return value as T
}

/** Requires an array of the given length. @throws TypeError, RangeError */
export function requireLength(name: string, value: ArrayLike<number>, length: number): void {
  if (typeof value !== 'object' || value === null || typeof value.length !== 'number') {
    throw new TypeError(`${name} must be an array of ${length} numbers, got ${quote(value)}`)
  }
  if (value.length !== length) throw new RangeError(`${name} must have length ${length}, got ${value.length}`)
}

/** The particle number: a positive integer. */
export function requireN(value: unknown): number {
  return requireInteger('N', value, 1)
}

/** The cut-off exponent: delta in [0, Infinity], where Infinity means no cut-off. */
export function requireDelta(value: unknown): number {
  return requireNumber('delta', value, 0, Number.POSITIVE_INFINITY, 'a number in [0, Infinity] (Infinity: no cut-off)')
}

/** The sign of the interaction. */
export type Sigma = -1 | 0 | 1

/** sigma = 1 (Coulomb), -1 (Newton) or 0 (free streaming). */
export function requireSigma(value: unknown): Sigma {
  return requireOneOf<Sigma>('sigma', value, [-1, 0, 1])
}
