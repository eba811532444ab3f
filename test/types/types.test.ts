import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'
import { type CellTypes, cellTypes, tslabTypeScript } from './cellTypes.js'

// A cell as a reader would write it: not strict, nothing annotated.
const CELL = `
import * as lab from 'mean-field-limit'
import { configuration, estimated, formula, randomStream } from 'mean-field-limit'
const state = configuration(10)
const positions = state.q
const total = positions.reduce((sum, x) => sum + x, 0)
const estimate = estimated(1, 0.1, 'by eye')
const bound = formula('2 * (4 pi)^(2/3)')
const value = bound.evaluate({})
let later
later = positions
`

describe('the types that a notebook cell sees', () => {
  let seen: CellTypes
  beforeAll(() => {
    seen = cellTypes(CELL)
  })

  it('are read by the TypeScript that tslab carries', () => {
    expect(tslabTypeScript).toMatch(/^5\.0\./)
  })

  it('have no error, declaration files included', () => {
    expect(seen.errors).toEqual([])
  })

  it('keep arrays of numbers as they are', () => {
    expect(seen.types.get('positions')).toBe('Float64Array')
    expect(seen.types.get('total')).toBe('number')
  })

  it('keep records and functions as they are', () => {
    expect(seen.types.get('state')).toBe('Configuration')
    expect(seen.types.get('estimate')).toBe('Estimate')
    expect(seen.types.get('value')).toBe('number')
  })

  it('are nowhere any without saying so', () => {
    expect(seen.silentlyAny).toEqual([])
  })

  it('reject a wrong argument', () => {
    const { errors } = cellTypes("import { configuration } from 'mean-field-limit'\nconfiguration('ten')")
    expect(errors.join()).toMatch(/'string' is not assignable to parameter of type 'number'/)
  })

  it('reject a name that the package does not export', () => {
    expect(cellTypes("import { nothingOfTheKind } from 'mean-field-limit'").errors.join()).toMatch(/no exported member/)
  })
})

describe('a declaration file of a newer TypeScript', () => {
  const file = 'base/configuration.d.ts'
  const text = readFileSync(join(root, 'dist', file), 'utf8')
  const broken = text.replaceAll('Float64Array', 'Float64Array<ArrayBuffer>')

  it('is caught where its arrays have a type argument', () => {
    expect(broken).not.toBe(text)
    const { errors, types, silentlyAny } = cellTypes(CELL, { [file]: broken })
    expect(errors.join()).toMatch(/configuration\.d\.ts:\d+ Type 'Float64Array' is not generic/)
    expect(silentlyAny.join()).toMatch(/Float64Array<ArrayBuffer>/)
    // The reason for all this: the cell itself compiles, and its arrays have lost their type.
    expect(types.get('positions')).toBe('any')
  })

  it('is caught where it uses NoInfer', () => {
    const extra = `${text}\nexport declare function pick<T>(a: T, b: NoInfer<T>): T\n`
    expect(cellTypes(CELL, { [file]: extra }).errors.join()).toMatch(/Cannot find name 'NoInfer'/)
  })
})
