// A figure: one file with its data and its drawing, from which the gallery is made, and a test.
import { capital, kebab } from './names.mjs'

/** @param {string} name of the figure, in camelCase, without 'Figure' */
export function figureFiles(name) {
  const id = kebab(name)
  return {
    files: {
      [`src/figures/beyond/${name}Figure.ts`]: `/**
 * What is seen in the figure ${name}.
 */
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace } from '../theme/theme.js'

/** What {@link ${name}Figure} draws. */
export interface ${capital(name)}Data {
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/** The curve y against x. */
export function ${name}Figure(data: ${capital(name)}Data): Figure {
  requireShape<${capital(name)}Data>('data', data, { x: 'numbers', y: 'numbers', provenance: 'record' })
  const { x, y, provenance } = data
  requireLength('y', y, x.length)
  return figure({
    id: '${id}',
    title: '${id}',
    caption: '', // FILL IN: what is seen, in a sentence or two
    data: [line('y', x, y, COLOR.blue)],
    layout: { xaxis: axis('x  (no unit)'), yaxis: axis('y  (no unit)') },
    table: { x: [...x], y: [...y] },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const ${name}Entry: ImmediateFigure<${capital(name)}Data> = {
  id: '${id}',
  seen: '', // FILL IN: the same in a few words, for the list of figures
  data() {
    const x = linearSpace(0, 1, 11)
    const y = x.map(() => Number.NaN) // FILL IN: the numbers
    return { x, y, provenance: { mode: 'exact' } }
  },
  draw: ${name}Figure,
}
`,
      [`test/figures/${name}Figure.test.ts`]: `import { expect, test } from 'vitest'
import { ${name}Entry } from '../../src/figures/beyond/${name}Figure.js'

test('the figure ${id} says what is seen, and draws numbers', () => {
  const { caption, table } = ${name}Entry.draw(${name}Entry.data())
  expect([caption, ${name}Entry.seen].map(text => text.length > 0)).toEqual([true, true])
  expect(table.y).toHaveLength(11)
  expect(table.y!.every(Number.isFinite)).toBe(true)
})
`,
    },
    next: [
      'fill in the three lines, then: npm test -- test/figures',
      `look at it: npx mfl figures --export --only ${id}; move the file to the section of the paper that it belongs to`,
    ],
  }
}
