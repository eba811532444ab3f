/**
 * The live laboratories of the book, by name: their controls and the settings that these allow. Cells, pages and
 * addresses ask here. Runs in browsers too.
 */
import { quote, requireObject, requireOneOf } from '../../base/errors.js'
import { profileNames } from '../../interaction/cutoffKernel.js'
import { profileRecords } from '../../interaction/profiles.generated.js'

/** A slider over a list of values. */
export interface SliderSpec {
  readonly kind: 'slider'
  readonly key: string
  /** Symbol and words: 'N', 'number of particles'. */
  readonly symbol: string
  readonly words: string
  readonly values: readonly number[]
  readonly start: number
}

/** One of a few. */
export interface ChoiceSpec {
  readonly kind: 'choice'
  readonly key: string
  readonly words: string
  /** Value and text. */
  readonly choices: readonly (readonly [number | string, string])[]
  readonly start: number | string
}

/** The seed of all random streams, with a button for the next one. */
export interface SeedSpec {
  readonly kind: 'seed'
  readonly key: 'seed'
  readonly start: number
}

export type ControlSpec = SliderSpec | ChoiceSpec | SeedSpec

/** The values of all controls by key. */
export type LabSetting = Readonly<Record<string, number | string>>

/** The name of a laboratory. */
export type LaboratoryName = 'two-flows' | 'kernel' | 'large-numbers' | 'coupling'

/** What is known of a laboratory without its drawings. */
export interface LaboratoryControls {
  /** In words, as in the middle of a sentence. */
  readonly title: string
  readonly controls: readonly ControlSpec[]
}

/** The largest seed that the controls take; the smallest is 0. */
export const LARGEST_SEED: number = 999_999

const SEED: SeedSpec = { kind: 'seed', key: 'seed', start: 1 }

/** The shapes that a cloud of couplings may have, each of size about 1. */
const SHAPES = ['disc', 'ring', 'normal', 'two clumps', 'line'].map(shape => [shape, shape] as const)

const deltas = (largest: number, start: number): SliderSpec => ({
  kind: 'slider',
  key: 'delta',
  symbol: 'δ',
  words: 'cut-off exponent',
  values: steps(0, largest, 0.01),
  start,
})

const numbersOfParticles = (values: readonly number[], start: number): SliderSpec => ({
  kind: 'slider',
  key: 'N',
  symbol: 'N',
  words: 'number of particles',
  values,
  start,
})

export const laboratoryControls: Readonly<Record<LaboratoryName, LaboratoryControls>> = {
  'two-flows': {
    title: 'two flows from one throw, Theorem 4.2',
    controls: [
      numbersOfParticles([50, 100, 200, 300, 500, 700, 1000, 1400, 2000, 3000], 300),
      deltas(0.5, 0.25),
      { kind: 'slider', key: 'T', symbol: 'T', words: 'final time', values: steps(0.5, 4, 0.25), start: 2 },
      {
        kind: 'choice',
        key: 'sigma',
        words: 'force',
        choices: [
          [1, 'repulsive (σ = 1)'],
          [-1, 'attractive (σ = −1)'],
          [0, 'none (σ = 0)'],
        ],
        start: 1,
      },
      {
        kind: 'choice',
        key: 'law',
        words: 'initial law f₀',
        choices: [
          ['gaussian', 'Gaussian'],
          ['cold gaussian', 'Gaussian, cold: momenta of width 0.3'],
          ['plummer', 'Plummer'],
        ],
        start: 'gaussian',
      },
      SEED,
    ],
  },
  kernel: {
    title: 'kernel and majorant, (4) and (47)',
    controls: [
      numbersOfParticles([10, 30, 100, 300, 1000, 3000, 10_000, 100_000, 1_000_000, 10_000_000], 1000),
      deltas(0.6, 0.3),
      {
        kind: 'choice',
        key: 'profile',
        words: 'shape inside the cut-off',
        choices: profileNames.map(name => [name, profileRecords[name].title] as const),
        start: 'truncated',
      },
    ],
  },
  'large-numbers': {
    title: 'law of large numbers, Definition 7.1',
    controls: [
      numbersOfParticles([30, 100, 200, 300, 500, 1000, 2000, 3000], 500),
      deltas(0.6, 0.25),
      {
        kind: 'choice',
        key: 'law',
        words: 'law of the particles',
        choices: [
          ['uniform-ball', 'uniform ball'],
          ['gaussian', 'Gaussian'],
          ['plummer', 'Plummer'],
        ],
        start: 'uniform-ball',
      },
      { kind: 'slider', key: 'replicates', symbol: 'R', words: 'throws', values: [1, 5, 10, 20, 50, 100], start: 20 },
      SEED,
    ],
  },
  coupling: {
    title: 'couplings in the plane, Definition 4.1',
    controls: [
      { kind: 'choice', key: 'first', words: 'first cloud', choices: SHAPES, start: 'disc' },
      { kind: 'choice', key: 'second', words: 'second cloud', choices: SHAPES, start: 'ring' },
      {
        kind: 'slider',
        key: 'n',
        symbol: 'n',
        words: 'points in each',
        values: [5, 10, 20, 50, 100, 200, 400, 800],
        start: 100,
      },
      { kind: 'slider', key: 'shift', symbol: 'shift', words: 'centres apart', values: steps(0, 3, 0.1), start: 1 },
      {
        kind: 'choice',
        key: 'p',
        words: 'exponent p',
        choices: [
          [1, 'p = 1'],
          [2, 'p = 2'],
          [4, 'p = 4'],
          ['infinity', 'p = ∞'],
        ],
        start: 1,
      },
      SEED,
    ],
  },
}

export const laboratoryNames: readonly LaboratoryName[] = Object.keys(laboratoryControls) as LaboratoryName[]

/**
 * The values of all controls of a laboratory: those given, and what the others begin with.
 * @param name of the laboratory
 * @param given values by key
 * @throws TypeError, RangeError naming an unknown laboratory, an unknown key, or a value that its control does not have
 * @example labSetting('kernel', { N: 300 }) // { N: 300, delta: 0.3, profile: 'truncated' }
 */
export function labSetting(name: string, given: object = {}): LabSetting {
  requireOneOf('name of the laboratory', name, laboratoryNames)
  requireObject('state', given)
  const { controls } = laboratoryControls[name as LaboratoryName]
  const values = given as Readonly<Record<string, unknown>>
  const keys = controls.map(({ key }) => key)
  for (const key of Object.keys(values)) requireOneOf(`option of laboratory ${name}`, key, keys)
  return Object.fromEntries(
    controls.map(control => [
      control.key,
      values[control.key] === undefined ? control.start : allowed(control, values[control.key]),
    ]),
  )
}

/** The setting that an address has behind its #, checked as any other. @throws RangeError as {@link labSetting} does */
export function settingOfText(name: string, text: string): LabSetting {
  requireOneOf('name of the laboratory', name, laboratoryNames)
  const { controls } = laboratoryControls[name as LaboratoryName]
  return labSetting(
    name,
    Object.fromEntries(
      [...new URLSearchParams(text)].map(([key, value]) => [
        key,
        controls
          .filter(control => control.key === key)
          .flatMap(valuesOf)
          .find(known => String(known) === value) ??
          (value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value)),
      ]),
    ),
  )
}

const valuesOf = (control: ControlSpec): readonly (number | string)[] =>
  control.kind === 'slider' ? control.values : control.kind === 'choice' ? control.choices.map(([value]) => value) : []

/** More values than these are not listed one by one. */
const LISTED = 20

function allowed(control: ControlSpec, value: unknown): number | string {
  const { key } = control
  if (control.kind === 'choice') return requireOneOf(key, value, valuesOf(control))
  const inRange =
    control.kind === 'slider'
      ? control.values.includes(value as number)
      : Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_SEED
  if (inRange) return value as number
  const range =
    control.kind === 'seed'
      ? `an integer in [0, ${LARGEST_SEED}]`
      : `one of ${(control.values.length <= LISTED ? control.values : [...control.values.slice(0, 3), '...', control.values.at(-1)]).join(', ')}`
  throw new RangeError(`${key} must be ${range}, got ${quote(value)}`)
}

/** Numbers from a to b, both included, without the noise of repeated sums. */
function steps(a: number, b: number, step: number): number[] {
  const digits = Math.round(1 / step)
  return Array.from({ length: Math.round((b - a) / step) + 1 }, (_, i) => Math.round((a + i * step) * digits) / digits)
}
