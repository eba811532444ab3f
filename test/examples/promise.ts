/**
 * What the comment behind an example promises, and whether a value keeps it: a literal, a formula, a number cut off or
 * rounded, or an error.
 */
import { all, create } from 'mathjs'

const math = create(all!)

/** Why a value is not what was promised; undefined if it is. */
export type Fault = string | undefined

/** The first part of a comment that is a value: up to ': words', ', words' or '; words', and either side of ' = '. */
function candidates(promise: string): string[] {
  const whole = promise.trim()
  const parts = [whole, ...whole.split(' = ').reverse()]
  return [...parts, ...parts.flatMap(part => [part.split(/: [a-z]/)[0]!, part.split(/[,;] [a-z]/)[0]!])]
}

/** A number as it is written: its value, and half a unit of its last digit, or a whole one if it is cut off. */
function writtenNumber(text: string): { readonly value: number; readonly tolerance: number } | undefined {
  const match = /^([-+]?\d+(?:\.(\d+))?)(?:e([-+]?\d+))?(\.\.\.)?$/.exec(text)
  if (match === null) return undefined
  const [, , decimals = '', exponent = '0', cut] = match
  const unit = 10 ** (Number(exponent) - decimals.length)
  const value = Number(text.replace('...', ''))
  const exact = cut === undefined && decimals.length < 3 && exponent === '0'
  return { value, tolerance: exact ? 1e-9 * Math.max(1, Math.abs(value)) : cut === undefined ? unit * 0.5001 : unit }
}

/** The value of a text: a literal of JavaScript or a formula; undefined if it is neither. */
function read(text: string): { readonly value: unknown; readonly tolerance: number } | undefined {
  const number = writtenNumber(text)
  if (number !== undefined) return number
  if (/^(true|false|undefined|null|'.*'|\[\])$/s.test(text)) {
    return { value: new Function(`return ${text}`)(), tolerance: 0 }
  }
  const list = /^(?:Float64Array )?\[(.*)\]$/s.exec(text)
  if (list !== null) {
    const parts = list[1]!.split(/,\s*/).map(part => read(part))
    return parts.some(part => part === undefined)
      ? undefined
      : { value: parts.map(part => part!.value), tolerance: Math.max(...parts.map(part => part!.tolerance)) }
  }
  const record = /^\{(.*)\}$/s.exec(text)
  if (record !== null) {
    const fields = record[1]!
      .split(/,\s*(?=\w+:)/)
      .map(field => /^\s*(\w+):\s*(.*?)\s*(?:,\s*\.\.\.)?\s*$/s.exec(field))
    const values = fields.map(field => (field === null ? undefined : read(field[2]!)))
    if (values.some(value => value === undefined)) return undefined
    return {
      value: Object.fromEntries(fields.map((field, i) => [field![1], values[i]!.value])),
      tolerance: Math.max(...values.map(value => value!.tolerance)),
    }
  }
  try {
    const value = math.evaluate(text.replace(/\bln (\S+)/g, 'log($1)').replace(/sqrt (\d+)/g, 'sqrt($1)'))
    if (typeof value === 'number') return { value, tolerance: 1e-9 * Math.max(1e-30, Math.abs(value)) }
  } catch {
    // No formula.
  }
  return undefined
}

function matches(found: unknown, wanted: unknown, tolerance: number): boolean {
  if (typeof wanted === 'number') return typeof found === 'number' && Math.abs(found - wanted) <= tolerance + 1e-15
  if (Array.isArray(wanted)) {
    const list = ArrayBuffer.isView(found) ? [...(found as Float64Array)] : found
    return (
      Array.isArray(list) && list.length === wanted.length && wanted.every((x, i) => matches(list[i], x, tolerance))
    )
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted).every(([key, x]) => matches((found as Record<string, unknown>)?.[key], x, tolerance))
  }
  return Object.is(found, wanted)
}

/**
 * Compares what an example gave, or threw, with what its comment says.
 * @returns why not, in a sentence; a comment that is no value at all is a fault too
 */
export function promiseFault(promise: string, outcome: { readonly value?: unknown; readonly error?: unknown }): Fault {
  const error = /^(\w*Error)(?:: (.*))?$/s.exec(promise)
  if (error !== null) {
    if (!(outcome.error instanceof Error)) return `promises ${error[1]}, but nothing was thrown`
    if (outcome.error.name !== error[1]) return `promises ${error[1]}, but ${outcome.error.name} was thrown`
    const parts = (error[2] ?? '').split('...').map(part => part.trim())
    const missing = parts.find(part => !(outcome.error as Error).message.includes(part))
    return missing === undefined ? undefined : `its error does not say "${missing}" but "${outcome.error.message}"`
  }
  if (outcome.error !== undefined) return `throws ${String(outcome.error)}`
  for (const text of candidates(promise)) {
    const wanted = read(text.trim())
    if (wanted === undefined) continue
    if (matches(outcome.value, wanted.value, wanted.tolerance)) return undefined
    return `promises ${text}, gives ${JSON.stringify(outcome.value)?.slice(0, 200) ?? String(outcome.value)}`
  }
  return `promises "${promise}", which is no value that could be compared`
}
