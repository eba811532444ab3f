/**
 * An input of a measurement in words: what a claim was measured at, where a search ended, a counter-example.
 */
import { ROUNDING } from '../claims/core/evidence.js'
import { NEARLY_ZERO, readableNumber } from './html.js'

/**
 * An input as `name = value` pairs: numbers readable, what rounding leaves of zero as ≈ 0, a range as such, limits
 * ('to 0') with an arrow, names of several words apart.
 * @example inputText({ from: 1, to: 2, T: 'to 0', logN: 8 }) // 'from 1 to 2, T → 0, log N = 8'
 */
export function inputText(input: Readonly<Record<string, unknown>>): string {
  const { from, to, ...rest } = input
  const range = typeof from === 'number' && typeof to === 'number'
  const pairs = Object.entries(range ? rest : input).map(([name, entry]) => pairText(words(name), entry))
  return [...(range ? [`from ${valueText(from)} to ${valueText(to)}`] : []), ...pairs].join(', ')
}

function pairText(name: string, entry: unknown): string {
  if (typeof entry === 'string' && entry.startsWith('to ')) return `${name} → ${entry.slice(3)}`
  const value = valueText(entry)
  return value === NEARLY_ZERO ? `${name} ${value}` : `${name} = ${value}`
}

function valueText(entry: unknown): string {
  if (typeof entry === 'number') return entry !== 0 && Math.abs(entry) < ROUNDING ? NEARLY_ZERO : readableNumber(entry)
  if (typeof entry === 'string') return entry
  if (Array.isArray(entry)) return `(${entry.map(item => valueText(item).replace(NEARLY_ZERO, '0')).join(', ')})`
  if (typeof entry === 'object' && entry !== null) return `(${inputText(entry as Record<string, unknown>)})`
  return String(entry)
}

/** 'logOfPrintedBound' as 'log of printed bound'; symbols such as N keep their capital. */
const words = (name: string): string =>
  name.replace(/(?<=[a-z0-9])([A-Z][a-z]*)/g, word => ` ${word.length === 1 ? word : word.toLowerCase()}`)
