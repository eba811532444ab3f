import { describe, expect, it } from 'vitest'
import { formula } from '../../src/base/formula.js'
import { estimated, exact } from '../../src/base/statistics/estimate.js'
import { jupyterJson } from '../../src/notebook/notebookFile.js'
import { plotlyJson } from '../../src/notebook/pictures/plotlyJson.js'
import { readableNumber } from '../../src/present/html.js'
import { tableBundle } from '../../src/present/table.js'
import { texBundle } from '../../src/present/tex.js'
import { verdictBundle } from '../../src/present/verdictCard.js'

describe('a number is written so that people read it', () => {
  it.each([
    [0, '0'],
    [1000000, '1000000'],
    [Math.PI, '3.14159'],
    [0.5, '0.5'],
    [-1 / 3, '-0.333333'],
    [123456.78, '123457'],
    [1234567.8, '1.23457e6'],
    [0.00012345678, '0.000123457'],
    [0.000012345678, '1.23457e-5'],
    [1e-300, '1e-300'],
    [1e20, '1e20'],
    [1.5e300, '1.5e300'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '-∞'],
    [Number.NaN, '–'],
  ])('%d as %s', (value, text) => expect(readableNumber(value)).toBe(text))

  it('and read back it is the number to the digits shown', () => {
    for (const value of [Math.E, 1 / 3, 6.02214076e23, 1.6e-19, 99999.96, 0.99999996, 7.77e-5]) {
      for (const digits of [2, 3, 6, 12]) {
        const back = Number(readableNumber(value, digits))
        expect(Math.abs(back / value - 1)).toBeLessThanOrEqual(0.5 * 10 ** (1 - digits) * (1 + 1e-12))
      }
    }
  })
})

describe('a table', () => {
  it('aligns its columns in text, numbers to the right', () => {
    const { 'text/plain': text } = tableBundle(
      { N: [10, 1000], error: new Float64Array([0.25, 1 / 3]), law: ['ball', 'Plummer'] },
      { caption: 'Error against $N$', format: { error: 2 } },
    )
    expect(text.split('\n')).toEqual([
      'Error against N',
      '   N  error  law',
      '----  -----  -------',
      '  10   0.25  ball',
      '1000   0.33  Plummer',
    ])
  })

  it('takes rows as well as columns, and says below why a value is not there', () => {
    const rows = tableBundle([{ a: 1 }, { a: 2, b: 'x' }])
    expect(rows).toEqual(tableBundle({ a: [1, 2], b: [undefined, 'x'] }))
    expect(rows['text/plain'].split('\n')).toEqual(['a  b', '-  -', '1  –', '2  x', '– : no value'])
    const { 'text/plain': text, 'text/html': html } = tableBundle(
      { N: [10, 1e4], exact: [0.5, Number.NaN] },
      { missing: 'known for $N\\le1000$ only' },
    )
    expect(text.split('\n').slice(-2)).toEqual(['10000      –', '– : known for N ≤ 1000 only'])
    expect(html).toMatch(/<td[^>]*>–<\/td>[\s\S]*<tfoot>.*known for \$N\\le1000\$ only/)
  })

  it('shows what rounding leaves of a zero as such where it is told, and nothing else', () => {
    const columns = { e: [0.1 + 0.2 - 0.3, 1e-9, 0, -2.8e-17] }
    const { 'text/plain': text } = tableBundle(columns, { rounding: 1e-15 })
    expect(
      text
        .split('\n')
        .slice(2)
        .map(line => line.trim()),
    ).toEqual(['≈ 0', '1e-9', '0', '≈ 0', '≈ 0 : below 1e-15, what rounding leaves'])
    // A probability of 1e-20 is a value: nobody but the author knows which is which.
    expect(tableBundle({ P: [1, 1e-20] })['text/plain']).toContain('1e-20')
  })

  it('escapes markup in names, values and caption', () => {
    const { 'text/html': html } = tableBundle({ '<i>': ['<script>alert(1)</script>'] }, { caption: '"&"' })
    expect(html).not.toMatch(/<script|<i>/)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('&quot;&amp;&quot;')
  })

  it('shows an estimate with its interval where that is wider than the digits', () => {
    const { 'text/plain': text } = tableBundle({ C: [exact(2, 'closed form'), estimated(2, 0.25, 'search')] })
    expect(text).toContain('2 [1.75, 2.25]')
    expect(text.split('\n').at(-2)?.trim()).toBe('2')
  })

  it('refuses columns of different length, and says which', () => {
    expect(() => tableBundle({ a: [1, 2], b: [1] })).toThrow('column "b" must have length 2 like "a", got 1')
  })
})

describe('tex', () => {
  it('typesets a Formula, TeX with or without dollar signs, and a mathjs expression', () => {
    expect(texBundle(formula('x / y'))['text/latex']).toContain('\\frac{ x}{ y}')
    expect(texBundle('\\rho^2')['text/latex']).toBe('$\\displaystyle \\rho^2$')
    expect(texBundle('$$\\rho^2$$')['text/latex']).toBe('$\\displaystyle \\rho^2$')
    expect(texBundle('sqrt(x)/2')['text/latex']).toContain('\\sqrt{ x}')
  })

  it('gives the source as text', () => {
    expect(texBundle('sqrt(x)/2')['text/plain']).toBe('sqrt(x)/2')
  })

  it('refuses what is neither', () => {
    expect(() => texBundle(3 as unknown as string)).toThrow(/tex takes a Formula, TeX or a mathjs expression/)
  })
})

describe('a verdict card', () => {
  const claim = {
    label: 'Lemma <0>',
    title: 'title',
    statement: '$a < b$',
    bound: formula('C / r'),
    reference: 'ref',
  }
  const verdict = { status: 'fails as printed', basis: 'measured', reason: 'because', repair: 'fix' } as const

  it('says the status in words and by a sign, not by colour alone, in both forms', () => {
    const { 'text/html': html, 'text/plain': text } = verdictBundle(claim, verdict)
    expect(html).toContain('✘ fails as printed')
    expect(text).toContain('[✘ fails as printed] because.')
    expect(text).toContain('Rests on: measurement.')
  })

  it('escapes text, the TeX included, so that a "<" in a formula is not markup', () => {
    const { 'text/html': html } = verdictBundle(claim, verdict)
    expect(html).toContain('Lemma &lt;0&gt;')
    expect(html).toContain('$a &lt; b$')
  })

  it('shows no closed form beside the same number, and tells inputs in words', () => {
    const row = { name: 'C', printed: null, attacked: exact(2, 'search'), extremal: { share: 2.5e-17, logN: 8 } }
    const record = {
      ...{ claim: '0', spec: {}, seed: '1', measured: {}, hypotheses: [] },
      constants: [
        { ...row, sharp: exact(2, 'closed form'), sharpTex: '2' },
        { ...row, sharp: exact(2, 'closed form'), sharpTex: '2\\pi\\rho(0)=2' },
        { ...row, sharp: exact(Math.SQRT2, 'closed form'), sharpTex: '\\sqrt2', extremal: { from: 1, to: 2 } },
      ],
    }
    const counterExample = { T: 'to 0', logOfPrintedBound: -3, limit: { q: [1, 0] } }
    const { 'text/html': html, 'text/plain': text } = verdictBundle(claim, { ...verdict, counterExample }, record)
    const lines = [...html.matchAll(/<b>C:<\/b> ([^<]*)</g)].map(([, line]) => line)
    expect(lines).toEqual([
      'sharp 2, largest found 2 (share ≈ 0, log N = 8).',
      'sharp $2\\pi\\rho(0)=2$, largest found 2 (share ≈ 0, log N = 8).',
      'sharp $\\sqrt2$ ≈ 1.41421, largest found 2 (from 1 to 2).',
    ])
    expect(text).toContain('counter-example: T → 0, log of printed bound = -3, limit = (q = (1, 0)).')
  })

  it('refuses a status that no verdict has', () => {
    expect(() => verdictBundle(claim, { ...verdict, status: 'fine' as 'holds' })).toThrow(
      /verdict.status must be one of/,
    )
  })
})

describe('Plotly JSON', () => {
  const figure = (y: unknown) => ({
    id: 'f',
    caption: '',
    table: {},
    provenance: {},
    layout: {},
    data: [{ type: 'scatter', y }],
  })

  it('holds plain arrays, numbers of eight digits, and gaps for what is not finite', () => {
    const y = new Float64Array([1, 1 / 3, Number.NaN, Number.POSITIVE_INFINITY])
    expect(plotlyJson(figure(y)).data).toEqual([{ type: 'scatter', y: [1, 0.33333333, null, null] }])
  })

  it('survives JSON unchanged', () => {
    const json = plotlyJson(figure([0.1, undefined, -0, 1e-300]))
    expect(JSON.parse(JSON.stringify(json)).data[0].y).toEqual([0.1, null, 0, 1e-300])
  })

  it('refuses what is not a figure', () => {
    expect(() => plotlyJson({} as never)).toThrow('figure must have a list of traces in "data"')
  })
})

it('notebook JSON sorts keys and writes small numbers as Python does', () => {
  expect(jupyterJson({ b: [1e-5, 1.5e-7, 0.0001, 1e21, 3], a: {}, c: [] })).toBe(
    '{\n "a": {},\n "b": [\n  1e-05,\n  1.5e-07,\n  0.0001,\n  1e+21,\n  3\n ],\n "c": []\n}',
  )
})
