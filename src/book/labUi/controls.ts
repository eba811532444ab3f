/**
 * The controls of a laboratory: sliders, choices and the seed, all native elements, so that keyboards and screen
 * readers work.
 */
import {
  type ChoiceSpec,
  type ControlSpec,
  LARGEST_SEED,
  type LabSetting,
  type SliderSpec,
} from '../../notebook/laboratory/laboratories.js'

export interface Controls {
  readonly element: HTMLFormElement
  values(): LabSetting
}

/** Builds the controls; `changed` is called at every change. @param setting what they begin with */
export function controls(specs: readonly ControlSpec[], setting: LabSetting, changed: () => void): Controls {
  const element = document.createElement('form')
  element.className = 'lab-controls'
  element.addEventListener('submit', event => event.preventDefault())
  const readers = new Map<string, () => number | string>()
  for (const spec of specs) {
    const start = setting[spec.key]!
    if (spec.kind === 'slider') element.append(slider(spec, Number(start), readers, changed))
    else if (spec.kind === 'choice') element.append(choice(spec, start, readers, changed))
    else element.append(seed(start, readers, changed))
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

function slider(
  { key, symbol, words, values }: SliderSpec,
  start: number,
  readers: Readers,
  changed: () => void,
): HTMLElement {
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

function choice(
  { key, words, choices }: ChoiceSpec,
  start: number | string,
  readers: Readers,
  changed: () => void,
): HTMLElement {
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

function seed(start: number | string, readers: Readers, changed: () => void): HTMLElement {
  const input = document.createElement('input')
  input.type = 'number'
  input.name = 'seed'
  input.min = '0'
  input.max = String(LARGEST_SEED)
  input.step = '1'
  input.value = String(start)
  const next = document.createElement('button')
  next.type = 'button'
  next.textContent = 'Next throw'
  const value = (): number => Math.max(0, Math.min(LARGEST_SEED, Math.trunc(Number(input.value)) || 0))
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
