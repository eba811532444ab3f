// A statement of the paper: its claim, from which the ledger is made, and its test.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { inRoot } from '../setup/paths.mjs'

/** A place in the ledger behind the last claim of a section. */
function nextOrder(section) {
  const folder = inRoot('src', 'claims', `section${section}`)
  if (!existsSync(folder)) return 1000
  const texts = readdirSync(folder).map(file => readFileSync(`${folder}/${file}`, 'utf8'))
  return 1 + Math.max(0, ...texts.map(text => Number(/^ {2}order: (\d+),/m.exec(text)?.[1] ?? 0)))
}

/** @param {string} number of the statement, as printed: '3.5' */
export function claimFiles(number) {
  const [section] = number.split('.')
  const name = `claim${number.replace('.', '')}`
  const type = `Claim${number.replace('.', '')}Spec`
  return {
    files: {
      [`src/claims/section${section}/${name}.ts`]: `/**
 * Statement ${number}: what it says, in a line.
 * Derivation: docs/claims.md#statement-${number.replace('.', '')}
 * @source ${number}
 */
import { requirePositive } from '../../base/errors.js'
import { exact } from '../../base/statistics/estimate.js'
import { type Formula, formula } from '../../base/formula.js'
import type { Claim, ClaimRecord, Verdict } from '../core/claim.js'
import { declareClaim } from '../core/declareClaim.js'
import { derivedVerdict } from '../core/derived.js'

export type ${type} = {
  /** What may be chosen; as many fields as the statement has variables. */
  readonly x: number
}

const bound: Formula = formula('0 * x') // FILL IN: the printed bound in these variables, as it is shown and evaluated

/** ${number}: the same line. */
export const ${name}: Claim<${type}> = declareClaim({
  id: '${number}',
  label: 'Statement ${number}',
  order: ${nextOrder(section)},
  title: 'What it says, without a formula',
  statement: '$0<x\\\\le1$ implies ...',
  bound,
  formulas: {},
  quantities: { value: 'what the bound bounds' },
  hypotheses: [{ text: '$0<x\\\\le1$', test: ({ x }) => x > 0 && x <= 1 }],
  defaults: [{ x: 0.5 }, { x: 1 }],
  controls: [{ text: '$x>1$', spec: { x: 2 }, expect: { quantity: 'overBound', above: 1 } }],
  measure,
  judge,
  derivation: 'docs/claims.md#statement-${number.replace('.', '')}',
  reference: '${number}',
  notebook: '13-your-own.ipynb#statement-${number.replace('.', '')}',
  figure: 'proof-map',
  test: '${name}',
})

function measure(spec: ${type}) {
  const x = requirePositive('x', spec.x)
  const value = x * Number.NaN // FILL IN: what is bounded, measured without the bound
  return {
    constants: [],
    measured: {
      value: exact(value, 'closed form'),
      overBound: exact(value / bound.evaluate({ x }), 'value / bound'),
    },
  }
}

function judge(records: readonly ClaimRecord<${type}>[]): Verdict {
  const reason = '' // FILL IN: why, in a sentence or two, TeX between $...$
  return derivedVerdict(records, () => ({ status: 'holds', basis: 'derivation', reason }))
}
`,
      [`test/claims/${name}.test.ts`]: `// Statement ${number} against an oracle that is not its own code.
import { expect, test } from 'vitest'
import { runControls } from '../../src/claims/core/controls.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { runClaim } from '../../src/claims/core/runClaim.js'

test('statement ${number} holds where its hypotheses do, says why, and notices where one is broken', async () => {
  const claim = claimById('${number}')
  const { verdict, records } = await runClaim(claim)
  expect(verdict.status).toBe('holds')
  expect(verdict.reason.length).toBeGreaterThan(10)
  for (const { measured } of records) expect(measured.overBound!.high).toBeLessThanOrEqual(1 + 1e-12)
  expect((await runControls(claim)).map(({ reported }) => reported)).toEqual([true])
})
`,
    },
    next: [
      `fill in the three lines, then: npm test -- test/claims/${name}.test.ts`,
      `say why it holds, or where it fails, in docs/claims.md under "## Statement ${number}"`,
      'rename claim and test after the statement (lemma35), give it a figure, a cell in the notebook that tells it, and a link there in notebooks/00-start-here.ipynb',
      'npm run ledger measures it, and writes data/claims.json, docs/claims.md, docs/statements.md and README.md',
    ],
  }
}
