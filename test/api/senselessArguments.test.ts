import { rmSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { type ExportedFunction, exportedFunctions, type Place, rooms } from './exportedFunctions.js'
import { MADE, REACHED, scratch, type ValidCall, validCalls } from './validCalls.js'

const functions = exportedFunctions()
const modules = await Promise.all(rooms.map(room => import(`../../src/${room}/index.ts`)))
const library = Object.assign({}, ...modules) as Record<string, (...args: readonly unknown[]) => unknown>
const EMPTY = {}
const SENSELESS: readonly unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12, '', null, [], EMPTY]

/** CPU seconds that tell a call that would run for hours from one that measures something with its defaults. */
const CPU_SECONDS = 30
/** Wall seconds after which a call that does not end is broken off: far above, whatever else the machine does. */
const WALL_SECONDS = 60
/** Bytes in arrays that a call may leave behind. */
const BYTES = 2 ** 28

/** How the engine complains when nobody checked. */
const RAW =
  /^Cannot |is not (a function|iterable|a constructor|defined|an object)|undefined \(reading|^Invalid (typed |Array |array|string|count)|call stack|out of memory|llocation|^The (first|second)? ?"?\w*"? ?argument|^The "|must be callable|^Reduce of|^Object prototype|^undefined|BigInt|Class constructor/

const called = globalThis as unknown as { senseless?: () => unknown }

/** Calls a function; its synchronous part is broken off should it not end. */
async function outcome(name: string, args: readonly unknown[]): Promise<{ value?: unknown; error?: unknown }> {
  called.senseless = () => library[name]!(...args)
  try {
    const value = await runInThisContext('globalThis.senseless()', { timeout: 1000 * WALL_SECONDS })
    return { value: await drained(value) }
  } catch (error) {
    return { error }
  }
}

/** Generators do nothing until they are asked. */
async function drained(value: unknown): Promise<unknown> {
  const iterator = value as Partial<AsyncIterator<unknown>> | null
  if (typeof iterator !== 'object' || iterator === null || typeof iterator.next !== 'function') return value
  const values: unknown[] = []
  for (let k = 0; k < 3; k++) values.push((await iterator.next()).value)
  return values
}

/** Where a result holds NaN; functions in it are not called. */
function nanIn(value: unknown, path = '', seen = new Set<unknown>()): string[] {
  if (typeof value === 'number') return Number.isNaN(value) ? [path] : []
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  if (value instanceof Map) return [...value].flatMap(([key, entry]) => nanIn(entry, `${path}.${String(key)}`, seen))
  if (ArrayBuffer.isView(value)) {
    const at = value instanceof DataView ? -1 : (value as Float64Array).findIndex(x => Number.isNaN(x))
    return at < 0 ? [] : [`${path}.${at}`]
  }
  return Object.entries(value).flatMap(([key, entry]) => nanIn(entry, path === '' ? key : `${path}.${key}`, seen))
}

/** The arguments with one of them, or one member of one, replaced. */
function replaced(args: readonly unknown[], [index, member]: Place['path'], value: unknown): unknown[] {
  const changed = [...args]
  changed[index as number] = member === undefined ? value : { ...(args[index as number] as object), [member]: value }
  return changed
}

/** Where only a number is allowed nothing else may be taken for one. */
const neverLegal = (place: Place, value: unknown): boolean =>
  place.number && (typeof value !== 'number' || Number.isNaN(value))

const shown = (value: unknown): string =>
  Number.isFinite(value) || typeof value !== 'number' ? JSON.stringify(value) : String(value)

/** What is wrong with the answer to one senseless argument; undefined if nothing is. */
async function fault(name: string, call: ValidCall, place: Place, value: unknown): Promise<string | undefined> {
  const args = replaced(await call.args(), place.path, value)
  const before = process.cpuUsage()
  const bytes = process.memoryUsage().arrayBuffers
  const { value: result, error } = await outcome(name, args)
  const { user, system } = process.cpuUsage(before)
  const what = `${name}, ${place.path.join('.')} = ${shown(value)}`
  if ((user + system) / 1e6 > CPU_SECONDS) return `${what}: took ${(user + system) / 1e6} CPU seconds`
  if (process.memoryUsage().arrayBuffers - bytes > BYTES) return `${what}: left ${BYTES} bytes`
  if (error === undefined) {
    if (neverLegal(place, value)) return `${what}: taken for a number`
    const [at] = nanIn(result).filter(path => !call.nan?.[0].test(path))
    return at === undefined ? undefined : `${what}: NaN at ${at}`
  }
  if (error === REACHED) return neverLegal(place, value) ? `${what}: taken for a number` : undefined
  if (!(error instanceof Error)) return `${what}: threw ${String(error)}`
  const { message } = error
  if (RAW.test(message)) return `${what}: ${error.name}: ${message}`
  if (message.length > 4000) return `${what}: a message of ${message.length} characters`
  const named = place.names.some(word =>
    new RegExp(`(?<![\\w])${word.replace('$', '\\$')}(?![\\w])`, 'i').test(message),
  )
  return named ? undefined : `${what}: names no argument: ${message}`
}

/** Whether an option that does not exist is refused by its name. */
async function unknownOption(name: string, call: ValidCall, { path: [index] }: Place): Promise<string | undefined> {
  const args = [...(await call.args())]
  args[index as number] = { ...(args[index as number] as object), misspelt: 1 }
  const { error } = await outcome(name, args)
  const named = error instanceof RangeError && /\bmisspelt\b/.test(error.message)
  return named ? undefined : `${name}: takes an option that does not exist: ${String(error)}`
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const callOf = ({ name, made }: ExportedFunction): ValidCall | undefined =>
  validCalls[name] ?? (MADE.test(name) ? { args: made } : undefined)

it('there is a valid call of every exported function, and none of another', () => {
  expect(functions.length).toBeGreaterThan(200)
  expect(functions.filter(each => callOf(each) === undefined).map(({ name }) => name)).toEqual([])
  const names = new Set(functions.map(({ name }) => name))
  expect(Object.keys(validCalls).filter(name => !names.has(name))).toEqual([])
})

describe.each(functions.filter(each => callOf(each) !== undefined))('$name', exported => {
  const { name, places } = exported
  const call = callOf(exported)!
  it.skipIf(call.notCalled !== undefined)('succeeds with valid arguments', async () => {
    const { value, error } = await outcome(name, await call.args())
    expect(error).toBeUndefined()
    expect(nanIn(value).filter(path => !call.nan?.[0].test(path))).toEqual([])
  })

  it.skipIf(places.length === 0)(
    'answers senseless arguments with an error that names them, or a result without NaN',
    async () => {
      const faults: string[] = []
      for (const place of places) {
        for (const value of SENSELESS) {
          if (call.slow !== undefined && value === EMPTY && place.path.length === 1) continue
          const found = await fault(name, call, place, value)
          if (found !== undefined) faults.push(found)
        }
      }
      for (const place of places.filter(({ options }) => options)) {
        const found = await unknownOption(name, call, place)
        if (found !== undefined) faults.push(found)
      }
      expect(faults).toEqual([])
    },
  )
})
