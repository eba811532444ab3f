/**
 * The controls of a laboratory: sliders, choices and the seed, all native elements, so that keyboards and screen
 * readers work.
 */
import type { LabSetting } from '../labs/protocol.js'

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
}

export type ControlSpec = SliderSpec | ChoiceSpec | SeedSpec

export interface Controls {
  readonly element: HTMLFormElement
  values(): LabSetting
}

/** Numbers from a to b, both included, without the noise of repeated sums. */
export function steps(a: number, b: number, step: number): number[] {
  const digits = Math.round(1 / step)
  return Array.from({ length: Math.round((b - a) / step) + 1 }, (_, i) => Math.round((a + i * step) * digits) / digits)
}

/** Builds the controls; `changed` is called at every change. */
export function controls(specs: readonly ControlSpec[], changed: () => void): Controls {
  const element = document.createElement('form')
  element.className = 'lab-controls'
  element.addEventListener('submit', event => event.preventDefault())
  const readers = new Map<string, () => number | string>()
  for (const spec of specs) {
    if (spec.kind === 'slider') element.append(slider(spec, readers, changed))
    else if (spec.kind === 'choice') element.append(choice(spec, readers, changed))
    else element.append(seed(readers, changed))
  }
  return { element, values: () => Object.fromEntries([...readers].map(([key, read]) => [key, read()])) }
}

type Readers = Map<string, () => number | string>

function field(text: string, ...parts: HTMLElement[]): HTMLElement {
  const label = document.createElement('label')
  const words = document.createElement('span')
  words.textContent = text
  label.append(words, ...parts)
  return label
}

function slider({ key, symbol, words, values, start }: SliderSpec, readers: Readers, changed: () => void): HTMLElement {
  const input = document.createElement('input')
  input.type = 'range'
  input.name = key
  input.min = '0'
  input.max = String(values.length - 1)
  input.step = '1'
  input.value = String(values.indexOf(start))
  const shown = document.createElement('output')
  const value = (): number => values[Number(input.value)]!
  const label = (): void => {
    shown.textContent = `${symbol} = ${value()}`
    input.setAttribute('aria-valuetext', String(value()))
  }
  label()
  input.addEventListener('input', () => {
    label()
    changed()
  })
  readers.set(key, value)
  return field(words, shown, input)
}

function choice({ key, words, choices, start }: ChoiceSpec, readers: Readers, changed: () => void): HTMLElement {
  const select = document.createElement('select')
  select.name = key
  for (const [value, text] of choices) {
    const option = document.createElement('option')
    option.value = String(value)
    option.textContent = text
    option.selected = value === start
    select.append(option)
  }
  select.addEventListener('change', changed)
  readers.set(key, () => choices[select.selectedIndex]![0])
  return field(words, select)
}

function seed(readers: Readers, changed: () => void): HTMLElement {
  const input = document.createElement('input')
  input.type = 'number'
  input.name = 'seed'
  input.min = '0'
  input.max = '999999'
  input.step = '1'
  input.value = '1'
  const next = document.createElement('button')
  next.type = 'button'
  next.textContent = 'Next throw'
  const value = (): number => Math.max(0, Math.min(999_999, Math.trunc(Number(input.value)) || 0))
  input.addEventListener('input', changed)
  next.addEventListener('click', () => {
    input.value = String(value() + 1)
    changed()
  })
  readers.set('seed', value)
  const group = document.createElement('div')
  group.className = 'lab-seed'
  group.append(field('seed', input), next)
  return group
}
