import katex from 'katex'
import { expect, test } from 'vitest'
import { inTex } from '../../src/claims/core/derived.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'

/** Numbers as a computer writes them inside formulas: KaTeX would set 8e+8 as a product of letters and signs. */
function programmersNumbers(text: string): string[] {
  const formulas = text.split('$').filter((_, i) => i % 2 === 1)
  return formulas.flatMap(tex => tex.match(/\d(\.\d+)?e[+-]?\d+/g) ?? [])
}

test('a number inside a formula is what it stands for, to its digits', () => {
  for (const [value, digits] of [
    [8.7765e8, 3],
    [3.0123e-10, 2],
    [1e6, 2],
    [-2.5e-7, 2],
    [0.0012, 2],
    [9.999e5, 2],
    [123456, 2],
    [12345, 3],
    [999.7, 3],
    [42.4, 1],
    [42.4242, 4],
  ] as const) {
    const tex = inTex(value, digits)
    const [mantissa, power = '0'] = tex.split(/\\cdot10\^\{(-?\d+)\}/)
    const read = Number(`${mantissa}e${power}`)
    expect(programmersNumbers(`$${tex}$`)).toEqual([])
    expect(read, tex).toBe(Number(value.toPrecision(digits)))
    expect(Math.abs(read - value)).toBeLessThan(Math.abs(value) * 10 ** (1 - digits))
    expect(() => katex.renderToString(tex, { throwOnError: true })).not.toThrow()
  }
  expect(inTex(8.7765e8, 3)).toBe('8.78\\cdot10^{8}')
})

test('no verdict has a number with the letter e inside a formula', () => {
  for (const { id, verdict } of recordedLedger().claims)
    expect(programmersNumbers(`${verdict.reason} ${verdict.repair ?? ''}`), id).toEqual([])
})

test('such a number would be noticed (control)', () => {
  expect(programmersNumbers('at $\\log_{10}N=8.78e+8$, 3.0e-10')).toEqual(['8.78e+8'])
})
