/**
 * The controls of {@link interact}: plain records. Each says which values it may take, and with which it begins.
 */
import {
  quote,
  requireArray,
  requireNumber,
  requireObject,
  requireOneOf,
  requireOptions,
  requireText,
} from '../../base/errors.js'

/** How a control looks. */
export type ControlKind = 'slider' | 'choice' | 'checkbox' | 'button' | 'player'

/** A control that gives values of one type. */
export interface CellControl<Value> {
  readonly kind: ControlKind
  /** What it may give, in order; of a button, which counts how often it was pressed, only the first: zero. */
  readonly values: readonly Value[]
  /** Index of the value that it begins with. */
  readonly start: number
  /** What stands beside it; by default its name in the controls. */
  readonly label?: string
  /** Of a player: steps in a second at most. */
  readonly rate?: number
}

/** Options of {@link slider}, {@link choice} and {@link player}. */
export interface ControlOptions<Value> {
  /** The value that it begins with, by default the first. */
  readonly start?: Value
  /** What stands beside it, by default its name in the controls. Unicode; no TeX. */
  readonly label?: string
}

/** Options of {@link player}. */
export interface PlayerOptions extends ControlOptions<number> {
  /** Steps in a second at most, in (0, 60], default 10; a figure that takes longer is waited for. */
  readonly rate?: number
}

/** More values than that are no longer told apart on a screen. */
const MOST = 1001

/**
 * A slider over a list of numbers, or over the range from, from + step, ... up to `to`: to > from, 0 < step <= to -
 * from.
 * @param values 1 to 1001 finite numbers
 * @returns a control of a number
 * @throws TypeError, RangeError for what is no such list or range, and for a start that is not among the values
 * @example slider(0, 0.5, 0.01, { start: 0.25 }).values.length // 51
 */
export function slider(values: readonly number[], options?: ControlOptions<number>): CellControl<number>
/** A slider over the numbers of a range. */
export function slider(from: number, to: number, step: number, options?: ControlOptions<number>): CellControl<number>
export function slider(first: number | readonly number[], ...rest: readonly unknown[]): CellControl<number> {
  const [values, options] = numbers(first, rest)
  requireOptions<ControlOptions<number>>('slider', options, { start: true, label: true })
  return control('slider', values, options as ControlOptions<number>)
}

/**
 * A list of names to choose from.
 * @param names 1 to 1001 texts, no two the same
 * @throws TypeError, RangeError for what is no such list, and for a start that is not among them
 * @example choice(['gaussian', 'plummer'], { start: 'plummer' }).start // 1
 */
export function choice<const Name extends string>(
  names: readonly Name[],
  options: ControlOptions<Name> = {},
): CellControl<Name> {
  requireArray('names', names)
  for (const [k, name] of names.entries()) requireText(`names[${k}]`, name)
  const twice = names.find((name, k) => names.indexOf(name) < k)
  if (twice !== undefined) throw new RangeError(`names must differ, got ${quote(twice)} twice`)
  requireOptions<ControlOptions<Name>>('choice', options, { start: true, label: true })
  requireCount('names', names)
  return control('choice', [...names], options)
}

/**
 * A box that is ticked or not.
 * @param on whether it begins ticked
 * @example checkbox(true).values // [false, true]
 */
export function checkbox(on: boolean, options: { readonly label?: string } = {}): CellControl<boolean> {
  if (typeof on !== 'boolean') throw new TypeError(`on must be true or false, got ${quote(on)}`)
  requireOptions<{ label?: string }>('checkbox', options, { label: true })
  return control('checkbox', [false, true], { ...options, start: on })
}

/**
 * A button; its value is how often it was pressed, such as the number of a new sample.
 * @param label what stands on it, not empty
 * @example button('another sample').values // [0]
 */
export function button(label: string): CellControl<number> {
  requireText('label', label)
  return control('button', [0], { label })
}

/**
 * A slider that also runs by itself, for time: a button starts and stops it.
 * @param values 1 to 1001 finite numbers, or a range as in {@link slider}
 * @returns a control of a number
 * @throws TypeError, RangeError as {@link slider}, and for a rate outside (0, 60]
 * @example player(0, 1, 0.25).values // [0, 0.25, 0.5, 0.75, 1]
 */
export function player(values: readonly number[], options?: PlayerOptions): CellControl<number>
/** A player over the numbers of a range. */
export function player(from: number, to: number, step: number, options?: PlayerOptions): CellControl<number>
export function player(first: number | readonly number[], ...rest: readonly unknown[]): CellControl<number> {
  const [values, options] = numbers(first, rest)
  requireOptions<PlayerOptions>('player', options, { start: true, label: true, rate: true })
  const { rate = 10, ...others } = options as PlayerOptions
  requireNumber('rate', rate, Number.MIN_VALUE, 60, 'a number of steps a second in (0, 60]')
  return { ...control('player', values, others), rate }
}

/** The list of numbers, given or spanned, and what stands behind it. */
function numbers(
  first: number | readonly number[],
  rest: readonly unknown[],
): [values: readonly number[], options: unknown] {
  if (typeof first === 'number') {
    const [to, step, options = {}] = rest
    if (typeof to !== 'number' || typeof step !== 'number') {
      throw new TypeError(
        `values must be a list of numbers, or from, to and step, got ${quote(first)}, ${quote(to)}, ${quote(step)}`,
      )
    }
    return [range(first, to, step), options]
  }
  requireArray('values', first)
  for (const [k, value] of first.entries()) {
    requireNumber(`values[${k}]`, value, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  }
  requireCount('values', first)
  return [[...first], rest[0] === undefined ? {} : rest[0]]
}

function range(from: number, to: number, step: number): number[] {
  requireNumber('from', from, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireNumber('to', to, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  if (!(to > from)) throw new RangeError(`to must be above from = ${from}, got ${to}`)
  requireNumber('step', step, Number.MIN_VALUE, to - from, `a number in (0, to - from = ${to - from}]`)
  // The last value is not lost by rounding.
  const steps = Math.floor((to - from) / step + 1e-9)
  if (steps >= MOST) {
    throw new RangeError(`step must be at least ${(to - from) / (MOST - 1)}, for ${MOST} values at most, got ${step}`)
  }
  // Sums such as 3 * 0.1 lose their last digit; what is shown and given is the number that one would write.
  const size = Math.max(Math.abs(from), Math.abs(to))
  return Array.from({ length: steps + 1 }, (_, k) => {
    const sum = from + k * step
    return Math.abs(sum) < 1e-12 * size ? 0 : Number(sum.toPrecision(12))
  })
}

function requireCount(name: string, values: readonly unknown[]): void {
  if (values.length < 1 || values.length > MOST) {
    throw new RangeError(`${name} must have 1 to ${MOST} entries, got ${values.length}`)
  }
}

function control<Value extends string | number | boolean>(
  kind: ControlKind,
  values: readonly Value[],
  { start, label }: ControlOptions<Value>,
): CellControl<Value> {
  if (label !== undefined) requireText('label', label)
  const index = start === undefined ? 0 : values.indexOf(start)
  if (index < 0) {
    const shown =
      values.length <= 12 ? values.map(quote).join(', ') : `${values[0]}, ${values[1]}, ..., ${values.at(-1)}`
    throw new RangeError(`start must be one of ${shown}, got ${quote(start)}`)
  }
  return { kind, values, start: index, ...(label === undefined ? {} : { label }) }
}

/** A control as the front end gets it: with its values in words. */
export interface ShownControl {
  readonly name: string
  readonly kind: ControlKind
  readonly label: string
  /** The values in words, in order; of a button none. */
  readonly texts: readonly string[]
  readonly start: number
  readonly rate?: number
}

const KINDS: readonly ControlKind[] = ['slider', 'choice', 'checkbox', 'button', 'player']

/** The controls in words. @throws TypeError, RangeError that name the control if one is none */
export function shownControls(controls: Readonly<Record<string, CellControl<unknown>>>): ShownControl[] {
  requireObject('controls', controls, '{ name: slider(...), ... }')
  const entries = Object.entries(controls)
  if (entries.length === 0) throw new RangeError('controls must have one control at least, got {}')
  return entries.map(([name, given]) => {
    const place = `controls.${name}`
    requireObject(place, given, 'made by slider, choice, checkbox, button or player')
    const { kind, values, start, label = name, rate } = given
    requireOneOf(`${place}.kind`, kind, KINDS)
    requireArray(`${place}.values`, values)
    requireCount(`${place}.values`, values)
    if (!(Number.isInteger(start) && start >= 0 && start < values.length)) {
      throw new RangeError(`${place}.start must be an integer in [0, ${values.length - 1}], got ${quote(start)}`)
    }
    requireText(`${place}.label`, label)
    const texts = kind === 'button' ? [] : values.map(words)
    return { name, kind, label, texts, start, ...(rate === undefined ? {} : { rate }) }
  })
}

const words = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value)

/**
 * What the controls give.
 * @param state of each control in order: the index of its value; of a button how often it was pressed
 * @throws RangeError if a control has no such state
 */
export function valuesAt(
  controls: Readonly<Record<string, CellControl<unknown>>>,
  state: readonly number[],
): Record<string, unknown> {
  requireArray('state', state)
  const entries = Object.entries(controls)
  if (state.length !== entries.length) {
    throw new RangeError(`state must have ${entries.length} entries, one for each control, got ${state.length}`)
  }
  return Object.fromEntries(
    entries.map(([name, { kind, values }], k) => {
      const most = kind === 'button' ? Number.MAX_SAFE_INTEGER : values.length - 1
      const at = state[k]!
      if (!(Number.isSafeInteger(at) && at >= 0 && at <= most)) {
        throw new RangeError(`the state of ${name} must be an integer in [0, ${most}], got ${quote(at)}`)
      }
      return [name, kind === 'button' ? at : values[at]]
    }),
  )
}

/** What the controls show, in words. @example stateText(shownControls({ N: slider([100, 300]) }), [1]) // 'N = 300' */
export function stateText(controls: readonly ShownControl[], state: readonly number[]): string {
  return controls
    .map(({ label, kind, texts }, k) => `${label}${kind === 'button' ? `: ${state[k]}` : ` = ${texts[state[k]!]}`}`)
    .join(', ')
}
