/**
 * One text for one value: JSON with sorted keys, so that its hash names a specification. Called for jobs and plans.
 */
import { createHash } from 'node:crypto'
import { quote } from '../base/errors.js'

/** A value that JSON can hold and give back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON with the keys of every object in order and no spaces. Members that are undefined are left out.
 * @throws TypeError for what JSON does not give back: numbers that are not finite, functions
 * @example canonicalJson({ b: 1, a: [2] }) // '{"a":[2],"b":1}'
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`a specification must hold finite numbers, got ${value}`)
  }
  if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`a specification must be plain JSON, got ${quote(value)}`)
  const members = Object.entries(value as Record<string, Json | undefined>)
    .filter((member): member is [string, Json] => member[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}

/** The SHA-256 of {@link canonicalJson}, 64 hexadecimal digits. @example canonicalHash({ N: 10 }).length // 64 */
export function canonicalHash(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
