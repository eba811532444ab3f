import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { knownColumns } from '../../src/base/knownColumns.js'

const plain = { t: Float64Array.of(0, 1), Delta: Float64Array.of(2, 3) }
const columns = knownColumns<Float64Array>(plain)

test('a column that does not exist is refused with the list and the nearest', () => {
  expect(columns.Delta).toBe(plain.Delta)
  expect(() => columns.delta).toThrow(
    new RangeError('column must be one of "t", "Delta", got "delta"; did you mean "Delta"?'),
  )
  expect(() => (({ momentum }) => momentum)(columns)).toThrow('got "momentum"')
})

test('all else sees a plain object: JSON, iteration, spread, in, clones, await, printing, comparison', async () => {
  expect(JSON.stringify(columns)).toBe(JSON.stringify(plain))
  expect(Object.keys(columns)).toEqual(['t', 'Delta'])
  expect(Object.entries(columns)).toEqual(Object.entries(plain))
  expect([...Object.keys({ ...columns })]).toEqual(['t', 'Delta'])
  const seen: string[] = []
  for (const name in columns) seen.push(name)
  expect(seen).toEqual(['t', 'Delta'])
  expect('delta' in columns).toBe(false)
  expect(Object.hasOwn(columns, 'Delta')).toBe(true)
  expect(structuredClone(columns)).toEqual(plain)
  expect(await columns).toBe(columns)
  expect(inspect(columns)).toBe(inspect(plain))
  expect(String(columns)).toBe('[object Object]')
  expect(columns).toEqual(plain)
  expect(columns).toMatchObject(plain)
})
