/**
 * Observers of a coupled run: what is measured stands outside of what moves. And the table that they fill together.
 */

import { quote, requireArray, requireObject, requireText } from '../../base/errors.js'
import { knownColumns } from '../../base/knownColumns.js'
import type { ObservedState, RunSetting } from './coupledState.js'

/** What an observer sees at one output time: a number for each of its columns, an array for each of its series. */
export type Sighting<Column extends string, Series extends string> = Readonly<Record<Column, number>> &
  Readonly<Record<Series, Float64Array>>

/** What looks at one run. */
export interface Sight<Row = unknown> {
  /** At an output time, t = 0 the first. */
  see(state: ObservedState): Row | Promise<Row>
  /** After every step between two outputs, for suprema and integrals. */
  follow?(state: ObservedState): void
}

/** What is measured at the output times of a run, whatever its columns are called. */
export interface AnyObserver<Row = unknown> {
  /** Names of its columns in the run's table; no other observer of the run may have one of them. */
  readonly columns: readonly string[]
  /** Names of what it keeps as arrays. */
  readonly series?: readonly string[]
  /** At an output time, t = 0 the first. */
  see?(state: ObservedState): Row | Promise<Row>
  /** After every step between two outputs, for suprema and integrals. */
  follow?(state: ObservedState): void
  /** In place of `see`, where it has a memory: what looks at this run, from its beginning. */
  begin?(run: RunSetting): Sight<Row>
  /** Bytes that it keeps at each output beside its columns, default 0: what `limits` counts. */
  readonly bytesPerOutput?: number
}

/** An observer with the names of its columns and series in its type. */
export interface Observer<Column extends string, Series extends string = never>
  extends AnyObserver<Sighting<Column, Series>> {
  readonly columns: readonly Column[]
  readonly series?: readonly Series[]
}

/** The names of the columns of some observers. */
export type ColumnsOf<Observers extends readonly AnyObserver[]> = Observers[number]['columns'][number]
/** The names of their series. */
export type SeriesOf<Observers extends readonly AnyObserver[]> = NonNullable<Observers[number]['series']>[number]

/** What observers have seen: one row for each output time. */
export interface ObservedRecords<Column extends string = string, Series extends string = string> {
  /** Output times, the first is 0. */
  readonly times: Float64Array
  /** Reading a name that does not exist throws a RangeError with the nearest. */
  readonly columns: Readonly<Record<Column, Float64Array>>
  readonly series: Readonly<Record<Series, readonly Float64Array[]>>
}

/**
 * An observer of your own, typed: the run has its columns by name.
 * @param watch names of columns, and `see`, which gives a number for each
 * @returns the same
 * @throws TypeError naming what is missing
 * @example
 * const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v / x.length, 0)
 * observer({ columns: ['centre'], see: ({ Psi }) => ({ centre: mean(Psi.q.subarray(0, Psi.N)) }) })
 */
export function observer<Column extends string>(watch: Observer<Column>): Observer<Column>
export function observer<Column extends string, Series extends string>(
  watch: Observer<Column, Series> & { readonly series: readonly Series[] },
): Observer<Column, Series>
export function observer(watch: AnyObserver): AnyObserver {
  requireObserver('observer', watch)
  return watch
}

/** Requires an observer. @throws TypeError */
export function requireObserver(name: string, watch: unknown): void {
  requireObject(name, watch, '{ columns, see }')
  const { columns, series = [], see, begin } = watch as Partial<AnyObserver>
  for (const [list, names] of Object.entries({ columns, series })) {
    requireArray(`${name}.${list}`, names)
    for (const [k, text] of (names as readonly unknown[]).entries()) requireText(`${name}.${list}[${k}]`, text)
  }
  if (typeof (see ?? begin) === 'function') return
  throw new TypeError(`${name}.see must be a function of a state of the run, got ${quote(see)}`)
}

/** Requires observers whose names of columns and series differ. @throws TypeError, RangeError */
export function requireObservers(observers: readonly AnyObserver[]): void {
  requireArray('observers', observers)
  const owners = new Map<string, string>([['t', 'the time']])
  for (const [k, watch] of observers.entries()) {
    const name = `observers[${k}]`
    requireObserver(name, watch)
    for (const column of [...watch.columns, ...(watch.series ?? [])]) {
      const owner = owners.get(column)
      if (owner !== undefined) {
        throw new RangeError(
          `columns of observers must have different names, got ${quote(column)} from ${owner} and ${name}`,
        )
      }
      owners.set(column, name)
    }
  }
}

/** The table of a run, filled by its observers side by side. */
export interface ObservedTable {
  /** At an output time. */
  see(state: ObservedState): Promise<void>
  /** After a step between two of them. */
  follow(state: ObservedState): void
  /** A copy of what was seen so far. */
  records(): ObservedRecords
}

/** An empty table. */
export function observedTable(observers: readonly AnyObserver[], run: RunSetting): ObservedTable {
  const sights = observers.map(watch => watch.begin?.(run) ?? (watch as Sight))
  const times: number[] = []
  const numbers = new Map<string, number[]>(observers.flatMap(({ columns }) => columns.map(name => [name, []])))
  const arrays = new Map<string, Float64Array[]>(observers.flatMap(({ series = [] }) => series.map(name => [name, []])))
  return {
    see: async state => {
      const rows: Row[] = []
      for (const [k, sight] of sights.entries()) rows.push(checkedRow(observers[k]!, k, await sight.see(state)))
      times.push(state.t)
      for (const [name, value] of rows.flatMap(row => Object.entries(row))) {
        if (value instanceof Float64Array) arrays.get(name)!.push(value)
        else numbers.get(name)!.push(value)
      }
    },
    follow: state => {
      for (const sight of sights) sight.follow?.(state)
    },
    records: () => ({
      times: Float64Array.from(times),
      columns: knownColumns(Object.fromEntries(Array.from(numbers, ([name, x]) => [name, Float64Array.from(x)]))),
      series: Object.fromEntries(Array.from(arrays, ([name, x]) => [name, [...x]])),
    }),
  }
}

type Row = Readonly<Record<string, number | Float64Array>>

/** @throws TypeError, RangeError when an observer does not give what it announced */
function checkedRow({ columns, series = [] }: AnyObserver, k: number, seen: unknown): Row {
  const what = `what observers[${k}].see returns`
  requireObject(what, seen, `{ ${[...columns, ...series].join(', ')} }`)
  const row = seen as Row
  for (const name of columns) {
    if (typeof row[name] !== 'number')
      throw new TypeError(`${what} must have a number ${name}, got ${quote(row[name])}`)
  }
  for (const name of series) {
    if (row[name] instanceof Float64Array) continue
    throw new TypeError(`${what} must have a Float64Array ${name}, got ${quote(row[name])}`)
  }
  for (const name of Object.keys(row)) {
    if (columns.includes(name) || series.includes(name)) continue
    throw new RangeError(`${what} must have no name but ${[...columns, ...series].join(', ')}, got ${quote(name)}`)
  }
  return row
}
