/**
 * Argument checks. Every message names the argument, the value got and the range allowed.
 */

/** Longest text of a value that a message shows whole. */
const QUOTED = 60

/** How a value is quoted in an error message: a long one is cut. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    const cut = JSON.stringify(value.slice(0, QUOTED))
    return value.length <= QUOTED ? cut : `${cut}... (${value.length} characters)`
  }
  if (typeof value === 'function') return 'a function'
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Float64Array).length})`
  if (Array.isArray(value)) return `an array of length ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = String(value)
  return text.length <= QUOTED ? text : `${text.slice(0, QUOTED)}... (${text.length} characters)`
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

/**
 * Requires an integer in [min, max]. @throws TypeError, RangeError
 * @example requireInteger('N', 2.5, 1) // RangeError
 */
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

/** Requires one of a list of values; of a misspelt name the nearest is proposed. @throws RangeError */
export function requireOneOf<T extends string | number>(name: string, value: unknown, allowed: readonly T[]): T {
  if (!allowed.includes(value as T)) {
    const list = allowed.map(quote).join(', ')
    throw new RangeError(`${name} must be one of ${list}, got ${quote(value)}${proposal(value, allowed)}`)
  }
  return value as T
}

/** What {@link requireOptions} checks of an option: 'given' is anything but null. */
export type OptionKind = true | 'function' | 'signal' | 'given'

/** One entry for each option, so that the compiler refuses a list that is not complete. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Required<Options>, OptionKind>>

/**
 * Requires an options object without a name that does not exist.
 * @param functionName whose options
 * @param options what was given
 * @param names every option: true is checked by the function itself, the other kinds here
 * @throws TypeError if it is no object, RangeError with the list and the nearest name
 * @example requireOptions<{ tol?: number }>('integrate', { tlo: 1 }, { tol: true }) // RangeError: ... must be one of "tol"
 */
export function requireOptions<Options extends object>(
  functionName: string,
  options: unknown,
  names: OptionNames<Options>,
): void {
  const list = Object.keys(names)
  requireObject('options', options, `{ ${list.join(', ')} }`)
  for (const [name, value] of Object.entries(options as object)) {
    requireOneOf(`option of ${functionName}`, name, list)
    const kind = (names as Readonly<Record<string, OptionKind>>)[name]
    if (kind === 'given' && value === null) throw new TypeError(`${name} must be left out for its default, got null`)
    if (kind === 'function' && value !== undefined) requireFunction(name, value)
    if (kind === 'signal' && value !== undefined) requireSignal(name, value)
  }
}

/** Requires an array or a typed array; its entries are not looked at. @throws TypeError */
export function requireArray(name: string, value: unknown): void {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return
  throw new TypeError(`${name} must be an array, got ${quote(value)}`)
}

/** Requires a text that is not empty. @throws TypeError */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${name} must be a non-empty text, got ${quote(value)}`)
  }
}

/** Requires bytes. @throws TypeError */
export function requireBytes(name: string, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${name} must be a Uint8Array, got ${quote(value)}`)
}

/** Requires a function. @throws TypeError */
export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, got ${quote(value)}`)
}

/** Requires the signal of an AbortController, or what behaves as one. @throws TypeError */
export function requireSignal(name: string, value: unknown): void {
  if ('aborted' in Object(value)) return
  throw new TypeError(`${name} must be an AbortSignal, got ${quote(value)}`)
}

/** As a message ends: the nearest name, if one is near. @example proposal('gausian', lawNames) */
export function proposal(value: unknown, list: readonly (string | number)[]): string {
  const names = list.filter(name => typeof name === 'string')
  const near = typeof value === 'string' ? nearest(value, names) : undefined
  return near === undefined ? '' : `; did you mean ${quote(near)}?`
}

/** Edits beyond which a name is another one, and the least part of its letters that must be right. */
const [EDITS, SAME] = [3, 0.4]

/**
 * The name of a list that is nearest to a misspelt one, by Levenshtein's distance without regard to case; undefined if
 * none is near.
 * @example nearest('gausian', ['gaussian', 'plummer']) // 'gaussian'
 */
export function nearest<T extends string>(name: string, list: readonly T[]): T | undefined {
  // A name this long is no misspelling, and the distance costs the product of the lengths.
  if (name.length > QUOTED) return undefined
  let [best, least]: [T | undefined, number] = [undefined, EDITS + 1]
  for (const known of list) {
    const edits = editDistance(name.toLowerCase(), known.toLowerCase())
    if (edits < least && edits < (1 - SAME) * Math.max(name.length, known.length)) [best, least] = [known, edits]
  }
  return best
}

/** Least number of insertions, deletions and replacements that lead from a to b. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
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
