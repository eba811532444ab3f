import { expect, test } from 'vitest'
import { claims } from '../../src/claims/core/ledger.js'
import { COMMON_QUANTITIES, keyed, quantityText, wordsOf } from '../../src/claims/core/quantities.js'
import { formulaTree } from '../../src/present/formulaTree.js'
import { plainText } from '../../src/present/plainText.js'
import { verdictBundle } from '../../src/present/verdictCard.js'

const all = [...claims, { id: 'every claim', quantities: COMMON_QUANTITIES }].flatMap(({ id, quantities }) =>
  Object.entries(quantities).map(([key, words]) => ({ id, key, words })),
)

/** Formulas that stand among words: signs of ASCII mathematics, names of Greek letters, a letter with an index. */
const ASCII_FORMULA =
  /sqrt|\|\||_inf|\^|->|<=|>=|[<>=]|\||[A-Za-z\d)]_[A-Za-z\d{]|\w\*|\*\w|\d[eE]-?\d|\blog10\b|\bint\b|\bgrad\b|\b(alpha|beta|gamma|delta|epsilon|kappa|lambda|rho|sigma|theta|phi|psi|xi|mu|infinity)\b/i

/** What is wrong with the words of a quantity; empty if nothing is. */
function faultsOf(words: string): string[] {
  const parts = words.split('$')
  if (parts.length % 2 === 0) return ['a dollar sign without its other']
  return parts.flatMap((part, i) => {
    if (i % 2 === 0) return ASCII_FORMULA.test(part) ? [`a formula among words: ${part}`] : []
    try {
      formulaTree(part)
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
}

test('the words of every quantity are words, with every formula between dollar signs, and KaTeX reads it', () => {
  expect(all.length).toBeGreaterThan(270)
  for (const { id, key, words } of all) expect(faultsOf(words), `${id}, ${key}: ${words}`).toEqual([])
})

test('a formula among words, one that cannot be read, and a lost dollar sign would be noticed (control)', () => {
  for (const words of [
    'l*rho(0), *',
    'sup of ||rho||_inf',
    'exponent of N in e^{-c N}',
    'log10 N_0',
    'median of |L - Lbar|',
    'the bound at N = 1e6',
    '$\\log N$ beyond which J_0 < 1',
    'largest delta by (94)',
    'in $\\nosuchcommand N$',
    'in $N^{-\\delta$',
    'from $N on',
  ]) {
    expect(faultsOf(words), words).toHaveLength(1)
  }
})

test('in plain text no quantity has a dollar sign, a brace or a command left', () => {
  for (const { id, key, words } of all) expect(plainText(words), `${id}, ${key}`).not.toMatch(/[$\\{}]/)
})

test('a quantity with a parameter has one place for it, and no other quantity has any', () => {
  for (const { id, key, words } of all) {
    if (!key.endsWith('_')) {
      expect(wordsOf({ stem_: words }, 'stem_32'), `${id}, ${key}`).toBe(words)
      continue
    }
    const [stem] = key.split('_')
    const shown = [32, 'uniform-ball'].map(parameter => wordsOf({ [key]: words }, keyed(stem!, parameter))!)
    expect(shown[0]!.replace('32', 'uniform-ball'), `${id}, ${key}`).toBe(shown[1])
    expect(shown[0], `${id}, ${key}`).not.toBe(words)
    expect(wordsOf({ [key]: shown[0]! }, keyed(stem!, 64)), `${id}, ${key}`).toBe(shown[0])
  }
})

test('a parameter takes the place of a star that stands alone or behind an equals sign, not that of a convolution', () => {
  const quantities = { force_: '$(k^N_\\delta-k)*\\rho$ of $l*\\rho$, *', at_: 'rms of $k*\\rho$ at $N=*$' }
  expect(quantityText(quantities, 'force_uniformBall')).toBe('$(k^N_\\delta-k)*\\rho$ of $l*\\rho$, uniform-ball')
  expect(quantityText(quantities, 'at_32')).toBe('rms of $k*\\rho$ at $N=32$')
  expect(plainText(quantityText(quantities, 'at_32'))).toBe('rms of k*ρ at N = 32')
})

test('a card has the formulas of its constants as TeX in HTML and in plain characters elsewhere', () => {
  const claim = claims.find(({ id }) => id === '6.1')!
  const exact = { value: 2, low: 2, high: 2, kind: 'exact', method: 'by hand' } as const
  const constant = { name: 'growth', printed: 2, sharp: exact, attacked: exact, extremal: {} }
  const record = { claim: '6.1', spec: {}, seed: '1', hypotheses: [], measured: {}, constants: [constant] }
  const card = verdictBundle(claim, { status: 'holds', basis: 'derivation', reason: 'So.' }, record)
  expect(card['text/html']).toContain('$C_l/c$ with $\\max\\{1,\\log N\\}$ in place of the root, over all $N$')
  expect(card['text/plain']).toContain(
    'C_l/c with max(1, log N) in place of the root, over all N: printed, and sharp 2',
  )
})
