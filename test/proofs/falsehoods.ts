/**
 * Certificates of falsehoods, each of which a checker that is careless in one place would take for true.
 */
import type { Expression } from '../../src/proofs/index.js'

const head = { format: 'mean-field-limit certificate 1', statement: { words: 'false', tex: 'false' } }

const supremum = (expression: Expression, cover: string, lo: string, hi: string, more: object = {}): object => ({
  ...{ ...head, kind: 'supremum', variables: [{ name: 'x', lo: '-1', hi: '2' }] },
  ...{ expression, cover, lo, hi, witness: ['-1'], ...more },
})

/** Another range of x, and its lower end as witness. */
const over = (lo: string, hi: string): object => ({ variables: [{ name: 'x', lo, hi }], witness: [lo] })

const integral = (expression: Expression, order: number, panels: string, lo: string, hi: string): object => ({
  ...{ ...head, kind: 'integral', variable: { name: 'x', lo: '-1', hi: '1' } },
  ...{ expression, order, panels, lo, hi },
})

const inequality = (left: Expression, relation: string, right: Expression): object => ({
  ...{ ...head, kind: 'inequality', left, relation, right },
})

const pair = ['x', 'y'].map(name => ({ name, lo: '0', hi: '1' }))

const corner = { variables: pair, witness: ['0', '0'] }

const distance = (
  p: string,
  from: unknown,
  to: unknown,
  plan: number[],
  lo: string,
  hi: string,
  more: object,
): object => ({
  ...{ ...head, kind: 'distance', p, from, to, plan, lo, hi, ...more },
})

/** Less than 1e-50 from pi. */
const PI_BUT_A_LITTLE = '3.14159265358979323846264338327950288419716939937510'
const PI_AND_A_LITTLE = '3.14159265358979323846264338327950288419716939937511'

/** By what a careless checker overlooks. */
export const FALSEHOODS: Readonly<Record<string, object>> = {
  'a pole of 1/x between': supremum(['^', 'x', '-1'], 'L0e', '-1', '-1'),
  'a pole of a quotient between': supremum(['/', '1', 'x'], 'L0e', '-1', '-1'),
  'a pole that is concave on both sides': supremum(['neg', ['^', 'x', '-2']], 'c', '-1', '-0.9'),
  'a jump': supremum(['cases', 'x', '1/3', 'x', ['-', 'x', '9']], 'U0e', '-7', '-7'),
  'a kink that is not concave': supremum(['abs', 'x'], 'c', '1', '1'),
  'a kink at the witness, the slope of the wrong side': supremum(['abs', 'x'], 'c', '0', '0', {
    ...{ variables: [{ name: 'x', lo: '-1', hi: '0' }], witness: ['0'] },
  }),
  'a kink at the witness, the wrong one of two': supremum(['max', 'x', ['neg', 'x']], 'c', '0', '0', {
    ...{ variables: [{ name: 'x', lo: '-1', hi: '0' }], witness: ['0'] },
  }),
  'the wrong one of two that touch in the middle': supremum(
    ['+', 'x', ['max', ['neg', ['abs', 'x']], '0']],
    't',
    '0',
    '0.1',
    { variables: [{ name: 'x', lo: '-1', hi: '1' }], witness: ['0'] },
  ),
  'a slope of one sign at the ends only': supremum(['sin', ['*', '9', 'x']], 'U0v', '-0.5', '0.1'),
  'a convex function': supremum(['^', 'x', '2'], 'c', '1', '3'),
  'a saddle that is concave in each variable': supremum(['*', ['*', '3', 'x'], 'y'], 'c', '0', '0.5', {
    ...{ variables: pair, witness: ['0', '0'] },
  }),
  'a saddle that is concave along both axes': supremum(
    ['-', ['*', ['*', '3', 'x'], 'y'], ['+', ['^', 'x', '2'], ['^', 'y', '2']]],
    'c',
    '0',
    '0.5',
    { variables: pair, witness: ['0', '0'] },
  ),
  'a saddle in space that is concave in two variables': supremum(
    [
      '-',
      ['*', '3/2', ['+', ['*', 'x', 'y'], ['*', 'y', 'z'], ['*', 'x', 'z']]],
      ['+', ['^', 'x', '2'], ['^', 'y', '2'], ['^', 'z', '2']],
    ],
    'c',
    '0',
    '0.5',
    { variables: [...pair, { name: 'z', lo: '0', hi: '1' }], witness: ['0', '0', '0'] },
  ),
  'a curvature left out': supremum(['^', 'x', '2'], 't', '1', '3'),
  'a mixed curvature left out': supremum(['*', ['*', '3', 'x'], 'y'], 't', '0', '2.5', corner),
  'the curvature of the middle': supremum(['^', 'x', '4'], 't', '1', '5'),
  'the slope of the middle': supremum(['^', 'x', '2'], 'm', '1', '2'),
  'a convex function of two variables': supremum(['+', ['^', 'x', '2'], ['^', 'y', '2']], 'c', '0', '1', corner),
  'a face on which it is not concave towards the witness': supremum(['^', 'y', '2'], 'U1c', '0', '0.5', corner),
  'a part that is concave, and not towards the witness': supremum(
    ['-', ['^', 'x', '3'], ['*', '2', 'x']],
    '0cv',
    '-1',
    '1',
    { ...over('-1', '1'), witness: ['1'] },
  ),
  'a face on which nothing is in the domain': supremum(['+', 'x', ['*', '10', 'y']], 'U1o', '0', '1', {
    ...{ variables: pair, where: [['-', '1/2', 'y']], witness: ['0', '0'] },
  }),
  'half a face on which nothing is in the domain': supremum(['+', 'x', ['*', '10', 'y']], 'U10oo', '0', '1', {
    ...{ variables: pair, where: [['-', '1/2', 'y']], witness: ['0', '0'] },
  }),
  'the least of the values': supremum('x', 'v', '-1', '1'),
  'an exact value that is none': supremum(['sqrt', 'x'], 'U0e', '0', '1.5', over('0', '2')),
  'the least value of a product inside': supremum(['*', 'x', 'x'], 'v', '1', '1', { kind: 'infimum' }),
  'the least value of a square inside': supremum(['^', 'x', '2'], 'v', '1', '1', { kind: 'infimum' }),
  'the least value of x ln x inside': supremum(['xlogx', 'x'], 'v', '0', '0', {
    ...{ kind: 'infimum', variables: [{ name: 'x', lo: '0', hi: '2' }], witness: ['1'] },
  }),
  'the largest value of x e^-x inside': supremum(['decay', '1', 'x'], 'v', '0', '0.3', over('0', '2')),
  'the largest value of a sine inside': supremum(['sin', 'x'], 'v', '-1', '0.95'),
  'the smaller of two': supremum(['min', 'x', '1/2'], 'v', '1/2', '1/2', { kind: 'infimum', witness: ['1'] }),
  'values about a pole': supremum(['/', '1', 'x'], 'v', '-1', '0.6'),
  'too small a slope of atan': supremum(['atan', 'x'], 'm', '0', '0.75', over('0', '1')),
  'too small a slope of erf': supremum(['erf', 'x'], 'm', '0', '0.82', over('0', '1')),
  "too small a slope of Lambert's function": supremum(['W', 'x'], 'c', '0', '0.52', over('0', '1')),
  'a condition without a value at the witness': supremum('x', 'v', '-1', '2', { where: [['log', ['-', 'x', '5']]] }),
  'a witness outside the conditions': supremum('x', 'v', '1', '2.1', { where: [['-', '1/2', 'x']], witness: ['1'] }),
  'a witness where the expression has no value': supremum(['log', 'x'], '0vv', '-9', '0.7'),
  'the value of a box for that of a point': supremum('x', 'e', '-1', '1'),
  'a box for a point': supremum('1', 'e', '1', '1'),
  'an integral over a pole': integral(['^', 'x', '-2'], 2, 'stt', '-3', '-1'),
  'an integral of a kink by a Taylor polynomial': integral(['abs', 'x'], 2, 't', '0', '0.1'),
  'an integral of the wrong one of two that touch in the middle': integral(
    ['min', ['^', 'x', '2'], '0'],
    4,
    't',
    '0.6',
    '0.7',
  ),
  'an integral of the wrong side of a kink that touches in the middle': integral(
    ['abs', ['neg', ['^', 'x', '2']]],
    4,
    't',
    '-0.7',
    '-0.6',
  ),
  'an integral of a peak between the points': integral(
    ['exp', ['neg', ['^', ['*', '1e6', ['-', 'x', '1/3']], '2']]],
    2,
    't',
    '-1e-9',
    '1e-9',
  ),
  'an integral of a peak at the end of a panel': integral(
    ['exp', ['neg', ['^', ['*', '1e6', ['-', 'x', '0.99']], '2']]],
    2,
    't',
    '-1e-9',
    '1e-9',
  ),
  'an integral from right to left': {
    ...{ ...integral('1', 2, 't', '-2', '-2'), variable: { name: 'x', lo: '1', hi: '-1' } },
  },
  'an integral to an odd order': integral(['^', 'x', '3'], 3, 't', '0.3', '0.5'),
  'an integral of what has no value': integral(['*', '0', ['log', ['-', 'x', '5']]], 2, 't', '0', '0'),
  'an integral of the inverse of nothing': integral(['^', ['*', '0', 'x'], '-1'], 2, 't', '0', '0'),
  'a sign that changes at a pole': {
    ...head,
    kind: 'zero',
    variable: 'x',
    expression: ['^', 'x', '-1'],
    lo: '-1',
    hi: '1',
  },
  'no zero, but nearly one at an end': {
    ...{ ...head, kind: 'zero', variable: 'x', expression: ['-', 'x', 'pi'], lo: PI_AND_A_LITTLE, hi: '4' },
  },
  'three zeros': { ...head, kind: 'zero', variable: 'x', expression: ['sin', 'x'], lo: '-4', hi: '4.1' },
  'numbers that differ in the twentieth digit': inequality('0.33333333333333333333', '=', '1/3'),
  'a half below a third': inequality('1/2', '<=', '1/3'),
  'a half below itself': inequality('1/2', '<', '0.5'),
  'roots that cannot be told apart': inequality(['sqrt', '2'], '<=', ['sqrt', '2']),
  'numbers of one enclosure': inequality(['erf', '100'], '=', ['erf', '101']),
  'a lower bound just above pi': { ...head, kind: 'enclosure', expression: 'pi', lo: PI_AND_A_LITTLE, hi: '4' },
  'an upper bound just below pi': { ...head, kind: 'enclosure', expression: 'pi', lo: '3', hi: PI_BUT_A_LITTLE },
  'a name of two meanings': {
    ...inequality('a', '=', '2'),
    definitions: [
      ['a', '1'],
      ['a', '2'],
    ],
  },
  'a number as a name': { ...inequality('1', '=', '2'), definitions: [['1', '2']] },
  'nothing divided by nothing': inequality(['/', '0', '0'], '<', '1'),
  'a logarithm of 0': inequality(['log', ['*', '0', 'pi']], '<', '1'),
  'a root of a negative number': inequality(['sqrt', '-1'], '<', '1'),
  'a decay of a negative number': inequality(['decay', '1', '-1'], '<', '1'),
  'a decay of a negative power': inequality(['decay', '-1', '1'], '<', '1'),
  'one of two roots': {
    ...{ ...head, kind: 'enclosure', expression: ['algebraic', ['-2', '0', '1'], '-2', '2'], lo: '1', hi: '2' },
  },
  'the first of two roots': {
    ...{ ...head, kind: 'enclosure', expression: ['algebraic', ['-2', '0', '1'], '-2', '2'], lo: '-2', hi: '-1' },
  },
  'a root at an end, a double one': {
    ...{ ...head, kind: 'enclosure', expression: ['algebraic', ['4', '-8', '5', '-1'], '0', '2'], lo: '0', hi: '2' },
  },
  'a plan that meets a point twice': distance('1', [[0], [1]], [[0], [5]], [0, 0], '0', '0.5', { potentials: [0, 0] }),
  'clouds of one point and of two': distance('1', [[0]], [[0], [9]], [0], '0', '0', { potentials: [0] }),
  'points in the plane and on the line': distance('1', [[0, 5]], [[0]], [0], '0', '0', { potentials: [0] }),
  'a potential too many': distance('1', [[0]], [[1]], [0], '2', '3', { potentials: [0, 5] }),
  'a coordinate that is a text': distance('1', [['0']], [[1]], [0], '1', '1', { potentials: [0] }),
  'a distance above the truth in the 25th digit': distance('1', [[0]], [[1]], [0], '1', '1', {
    ...{ potentials: [0], lo: `1.${'0'.repeat(24)}1`, hi: '2' },
  }),
  'a root from below': distance(
    '1',
    [[0, 0]],
    [[1, 1]],
    [0],
    '1',
    '1709679290002018430137083/1208925819614629174706176',
    { potentials: [0] },
  ),
  'a set with a point of the other cloud': distance('infinity', [[0], [9]], [[0], [9]], [0, 1], '81', '81', {
    set: { side: 'from', points: [0, 2] },
  }),
  'a name for nothing': { ...head, kind: 'enclosure', expression: 'x', lo: '0', hi: '1' },
  'what nobody proved': { ...head, kind: 'enclosure', expression: '@nothing', lo: '0', hi: '1' },
}
