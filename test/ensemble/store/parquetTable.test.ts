import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { readTable, writeTable } from '../../../src/files/parquetTable.js'
import { provenance } from '../../../src/files/provenance.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-parquet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const table = {
  columns: { t: Float64Array.of(0, 0.1, 1e-300, -0, Number.MAX_VALUE), law: ['a', 'b', 'ü', '', 'a'] },
  metadata: { seed: '1', plan: '{"N":10}' },
}

describe('a Parquet file', () => {
  test('gives back what was written, bit for bit, metadata included', async () => {
    const path = join(folder, 'deep', 'run.parquet')
    writeTable(path, table)
    expect(await readTable(path)).toEqual({ columns: { ...table.columns }, metadata: table.metadata })
    expect(readdirSync(join(folder, 'deep'))).toEqual(['run.parquet'])
  })

  test('with a missing value is refused: it must not become a number', async () => {
    const path = join(folder, 'gaps.parquet')
    const columnData = [{ name: 'a', data: [1, null, 3], type: 'DOUBLE' as const }]
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData })))
    await expect(readTable(path)).rejects.toThrow('row 1 of column "a" has no value')
  })

  test('columns of different lengths or kinds are refused and nothing is written', () => {
    const path = join(folder, 'none.parquet')
    expect(() => writeTable(path, { columns: { a: [1, 2], b: [1] }, metadata: {} })).toThrow('2 rows')
    expect(() => writeTable(path, { columns: { a: [1, 'x'] as never }, metadata: {} })).toThrow('only numbers')
    expect(readdirSync(folder)).not.toContain('none.parquet')
  })

  test('a foreign, a truncated and a missing file are one clear sentence', async () => {
    const path = join(folder, 'bad.parquet')
    writeFileSync(path, 'not parquet at all')
    await expect(readTable(path)).rejects.toThrow('is not a Parquet file')
    writeTable(path, table)
    truncateSync(path, 40)
    await expect(readTable(path)).rejects.toThrow('is not a Parquet file')
    await expect(readTable(join(folder, 'missing.parquet'))).rejects.toThrow('ENOENT')
  })
})

test('provenance names package, version, commit and engine', () => {
  const { commit, version, node, v8, cpu } = provenance()
  expect(commit).toMatch(/^([0-9a-f]{40}(-dirty)?|none)$/)
  expect(version).toMatch(/^\d+\.\d+\.\d+/)
  expect(node).toBe(process.versions.node)
  expect(v8).toBe(process.versions.v8)
  expect(cpu).not.toBe('')
})
