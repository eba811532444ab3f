/** Known suprema in one, two and three variables, and rules that must not settle what they do not prove. */
import { describe, expect, it } from 'vitest'
import { enclosing, parseRational, rational } from '../../src/base/interval/rational.js'
import { lambertW } from '../../src/base/numerics/roots.js'
import { wholeBox } from '../../src/proofs/box.js'
import { checkCover } from '../../src/proofs/cover.js'
import { type Certificate, checkCertificate, type Expression, prove, type Statement } from '../../src/proofs/index.js'
import { problemOf } from '../../src/proofs/rules.js'
import { FALSEHOODS } from './falsehoods.js'

type Range = readonly [name: string, lo: string, hi: string]
const supremum = (expression: Expression, ranges: readonly Range[], more: object = {}): Statement => ({
  ...{ id: 'known', kind: 'supremum', statement: { words: 'known', tex: 'known' } },
  variables: ranges.map(([name, lo, hi]) => ({ name, lo, hi })),
  expression,
  ...more,
})

async function proved(statement: Statement): Promise<Extract<Certificate, { lo: string }>> {
  const certificate = (await prove(statement)) as Extract<Certificate, { lo: string }>
  expect(checkCertificate(certificate)).toMatchObject({ holds: true })
  return certificate
}

/** Where W(x) - x/4 is largest: (1 + W) e^(1 + W) = 4 e. */
const LAMBERT = lambertW(4 * Math.E) - 1

const numberOf = (text: string): number => {
  const { n, d } = parseRational(text)
  return Number(n) / Number(d)
}

const square = (x: Expression): Expression => ['^', x, '2']
const sides = (...names: string[]): Range[] => names.map(name => [name, '-1', '2'] as const)

describe('a known supremum', () => {
  it.each([
    ['x e^-x', supremum(['*', 'x', ['exp', ['neg', 'x']]], [['x', '0', '5']]), Math.exp(-1)],
    ['sin at two maxima', supremum(['sin', 'x'], [['x', '0', '8']]), 1],
    ['a corner', supremum(['+', 'x', ['*', 'x', 'y']], sides('x', 'y')), 6],
    ['a saddle', supremum(['-', square('x'), square('y')], sides('x', 'y')), 4],
    [
      'a peak in the plane',
      supremum(
        ['exp', ['neg', ['+', square(['-', 'x', '1/3']), square(['+', 'y', ['*', 'x', 'y']])]]],
        sides('x', 'y'),
      ),
      1,
    ],
    [
      'a peak in space',
      supremum(
        ['/', 'x', ['+', '1', square('x'), square(['-', 'y', 'x']), square(['-', 'z', '1/2'])]],
        sides('x', 'y', 'z'),
        { accuracy: 1e-6 },
      ),
      0.5,
    ],
    [
      '|x - 1/3|, which has no slope there',
      supremum(['neg', ['abs', ['-', 'x', '1/3']]], [['x', '0', '1']], { hi: '1e-9' }),
      0,
    ],
    ['at infinity', supremum(['/', 'x', ['+', '1', 'x']], [['x', '0', '1e9']], { hi: '1' }), 1],
    ['Lambert', supremum(['-', ['W', 'x'], ['/', 'x', '4']], [['x', '0', '9']]), (LAMBERT * LAMBERT) / (1 + LAMBERT)],
  ] as const)('of %s is found', async (_, statement, value) => {
    const { lo, hi } = await proved(statement)
    expect(numberOf(lo)).toBeLessThanOrEqual(value + 1e-12)
    expect(numberOf(hi)).toBeGreaterThanOrEqual(value - 1e-12)
    expect(numberOf(hi) - numberOf(lo)).toBeLessThan(3e-6)
  })

  it('under a condition is that of the part of the box', async () => {
    const disc: Expression = ['-', '1', ['+', square('x'), square('y')]]
    const statement = supremum(['+', 'x', 'y'], sides('x', 'y'), { where: [disc], accuracy: 1e-3 })
    const { lo, hi } = await proved(statement)
    expect(Number(lo)).toBeLessThanOrEqual(Math.SQRT2)
    expect(Number(hi)).toBeGreaterThanOrEqual(Math.SQRT2)
    expect(Number(hi)).toBeLessThan(1.42)
  })

  it('is an infimum with the other sign', async () => {
    const { lo, hi } = await proved({
      ...supremum(square(['-', 'x', '1/3']), [['x', '0', '1']]),
      kind: 'infimum',
      lo: '-1e-12',
    } as Statement)
    expect([Number(lo) <= 0, Number(hi) < 1e-12]).toEqual([true, true])
  })

  it('is exact at a corner', async () => {
    expect(await proved(supremum(['+', 'x', ['*', 'x', 'y']], sides('x', 'y'), { lo: '6', hi: '6' }))).toMatchObject({
      hi: '6',
    })
    await expect(
      prove(supremum(['+', 'x', ['*', 'x', 'y']], sides('x', 'y'), { hi: '5.999999999999999999' })),
    ).rejects.toThrow(/settled/)
  })

  it('with an algebraic number is that of the number', async () => {
    const golden: Expression = ['algebraic', ['-1', '-1', '1'], '1', '2']
    const { lo } = await proved(supremum(['*', 'x', golden], [['x', '0', '1']]))
    expect(Number(lo)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 9)
  })
})

describe('a zero', () => {
  const statement = { id: 'zero', kind: 'zero', statement: { words: 'z', tex: 'z' }, variable: 'x' } as const

  it('is bracketed, and one only', async () => {
    const { lo, hi } = await proved({ ...statement, expression: ['-', ['cos', 'x'], 'x'], between: ['0', '1'] })
    expect(Number(hi) - Number(lo)).toBeLessThan(2e-12)
    expect(Number(lo)).toBeCloseTo(0.7390851332, 9)
  })

  it('of an even order, or among several, is refused', async () => {
    for (const expression of [square('x'), ['sin', ['*', '9', 'x']]] as Expression[]) {
      const certificate = { format: 'mean-field-limit certificate 1', ...statement, expression, lo: '-1', hi: '1.1' }
      expect(checkCertificate(certificate)).toMatchObject({ holds: false })
    }
  })
})

describe('an integral', () => {
  const integral = { id: 'integral', kind: 'integral', statement: { words: 'i', tex: 'i' } } as const
  it.each([
    ['a circle', ['*', '4', ['/', '1', ['+', '1', square('x')]]], '0', '1', Math.PI],
    ['a Gaussian', ['exp', ['neg', square('x')]], '0', '6', Math.sqrt(Math.PI) / 2],
    ['|sin|', ['abs', ['sin', 'x']], '0', '22/7', 2 + (1 - Math.cos(22 / 7 - Math.PI))],
    ['a logarithm', ['log', 'x'], '1', '2', 2 * Math.LN2 - 1],
    ['a root that is flat at its end', ['^', 'x', '5/2'], '0', '1', 2 / 7],
  ] as const)('of %s is found', async (_, expression, lo, hi, value) => {
    const found = await proved({ ...integral, expression, variable: { name: 'x', lo, hi } } as Statement)
    expect(Number(found.lo)).toBeLessThanOrEqual(value + 1e-15)
    expect(Number(found.hi)).toBeGreaterThanOrEqual(value - 1e-15)
    expect(Number(found.hi) - Number(found.lo)).toBeLessThan(2e-10)
  })
})

describe('a rule does not settle what it does not prove', () => {
  const check = (expression: Expression, cover: string, hi: string, where: readonly Expression[] = []): number => {
    const variables = [{ name: 'x', lo: '-1', hi: '2' }]
    const problem = problemOf(variables, expression, where, { definitions: [], proved: {} })
    return checkCover(problem, cover, wholeBox(variables), parseRational(hi), [rational(1n, 2n)])
  }
  const hump: Expression = ['*', 'x', ['-', '1', 'x']]

  it.each([
    ['v', ['*', 'x', ['-', '1', 'x']], 'v', '1/4'],
    ['m', hump, 'm', '1/4'],
    ['t', hump, 't', '0.24'],
    ['c of what is convex', square('x'), 'c', '4.1'],
    ['c with the bound below the value', hump, 'c', '0.2499'],
    ['e on a box', hump, 'e', '1'],
    ['L of what rises', 'x', 'L0v', '3'],
    ['U of what falls', ['neg', 'x'], 'U0v', '3'],
    ['L of what does both', hump, 'L0v', '3'],
    ['o without a condition', hump, 'o', '3'],
    ['another variable', hump, '1vv', '3'],
    ['a half too few', hump, '0v', '3'],
    ['a half too many', hump, '0vvv', '3'],
    ['no rule', hump, '', '3'],
  ] as const)('%s', (_, expression, cover, hi) => {
    expect(() => check(expression, cover, hi)).toThrow(RangeError)
  })

  it('and settles what it does', () => {
    expect(check(hump, 'v', '4.1')).toBe(1)
    expect(check(hump, 'c', '0.2500001')).toBe(1)
    expect(check('x', 'U0e', '2')).toBe(1)
    expect(check(hump, '0vv', '3')).toBe(2)
  })

  it('o on a face: what is outside the domain there may bound what is inside', () => {
    // x + 10 y on {y <= 0}: moved to the face y = 1 nothing of the domain is left.
    const variables = ['x', 'y'].map(name => ({ name, lo: '0', hi: '1' }))
    const where: Expression[] = [['-', '1/2', 'y']]
    const problem = problemOf(variables, ['+', 'x', ['*', '10', 'y']], where, { definitions: [], proved: {} })
    expect(() => checkCover(problem, 'U1o', wholeBox(variables), parseRational('1'), [])).toThrow(/on a face/)
  })

  it('a jump is not monotone', () => {
    const jump: Expression = ['cases', 'x', '1/3', ['+', 'x', '9'], 'x']
    expect(() => check(jump, 'U0e', '2')).toThrow(RangeError)
    expect(check(jump, 'v', '11.1')).toBe(1)
    expect(enclosing(parseRational('1/3')).hi).toBeGreaterThan(1 / 3 - 1e-16)
  })

  it.each([
    ['a pole of 1/x', ['^', 'x', '-1'], 'L0e', '-1'],
    ['the same as a quotient', ['/', '1', 'x'], 'L0e', '-1'],
    ['with the other sign', ['/', '-1', 'x'], 'U0e', '0'],
    ['a pole that is concave on both sides', ['neg', ['^', 'x', '-2']], 'c', '-1'],
    ['the same as a quotient, of one sign', ['neg', ['/', '1', square('x')]], 'L0e', '-1'],
    ['a pole that is not in the middle', ['^', ['-', 'x', '1/3'], '-3'], 'L0e', '-0.4'],
    ['a logarithm where it is not defined everywhere', ['log', 'x'], 'c', '-0.6'],
  ] as const)('%s is not passed over', (_, expression, cover, hi) => {
    expect(() => check(expression as Expression, cover, hi)).toThrow(RangeError)
  })
})

it.each(Object.keys(FALSEHOODS))('a falsehood has no certificate: %s', name => {
  expect(checkCertificate({ ...FALSEHOODS[name], id: 'false' })).toMatchObject({ holds: false })
})
