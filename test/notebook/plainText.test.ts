// TeX as plain text: a table written by hand, and every formula and text of every claim.
import { describe, expect, it } from 'vitest'
import { claims } from '../../src/claims/core/ledger.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { plainTex, plainText } from '../../src/present/plainText.js'

describe('TeX reads as plain mathematics', () => {
  it.each([
    ['\\|\\rho\\|_\\infty\\leq C\\log N', '‖ρ‖_∞ ≤ C log N'],
    ['\\tfrac{1-\\beta}\\alpha', '(1-β)/α'],
    ['\\tfrac1{4\\pi}', '1/(4π)'],
    ['\\mathcal B_t\\subset\\mathbb R^{6N}', 'ℬ_t ⊂ ℝ^(6N)'],
    ['\\min\\{N^{3\\gamma},|q|^{-3}\\}', 'min(N^(3γ), |q|⁻³)'],
    ['N^{1-k/2p}', 'N^(1-k/2p)'],
    ['\\exp\\bigl(\\tfrac{2(C_0T+1)}{1-3\\delta}\\bigr)^2', 'exp(2(C_0T+1)/(1-3δ))²'],
    ['\\tfrac{3\\pi}4\\|\\rho\\|_\\infty N^{-\\delta}', '(3π/4)‖ρ‖_∞N^(-δ)'],
    ['\\sqrt{\\log N}\\,W_p(0)', '√(log N) W_p(0)'],
    ['\\sup_{0\\le s\\le t}g(s)', 'sup_(0 ≤ s ≤ t) g(s)'],
    ['\\int_0^t\\bar\\rho_s\\,ds', '∫_0^t ρ̄_s ds'],
    ['\\begin{cases}x^2&\\text{if }x>0\\\\0&\\text{otherwise}\\end{cases}', '(x² if x > 0; 0 otherwise)'],
  ])('%s as %s', (tex, text) => expect(plainTex(tex)).toBe(text))

  it('in a sentence only between dollar signs, and as it is where TeX cannot be read', () => {
    expect(plainText('with $N\\ge2$: c min{N^3, 1}')).toBe('with N ≥ 2: c min(N^3, 1)')
    expect(plainTex('\\nothing{of} the kind')).toBe('\\nothing{of} the kind')
  })
})

/** Every string in a value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

const LEFT_OVER = /[\\{}$]/

describe('of no claim is TeX left over', () => {
  it.each(claims.map(claim => [claim.id, claim] as const))('%s', (id, claim) => {
    const { label, title, statement, reference, bound, formulas, hypotheses, controls } = claim
    const recorded = recordedLedger().claims.find(row => row.id === id)
    const texts = [label, title, statement, reference, ...[...hypotheses, ...controls].map(({ text }) => text)]
    const names = strings(recorded?.records.map(({ constants, measured }) => [constants, Object.keys(measured)]))
    const plain = [
      ...[...texts, ...names, ...strings(recorded?.verdict), ...strings(recorded?.controls)].map(plainText),
      ...[bound, ...Object.values(formulas)].map(({ tex }) => plainTex(tex)),
    ]
    expect(plain.length).toBeGreaterThan(5)
    expect(plain.filter(text => LEFT_OVER.test(text))).toEqual([])
    expect(plain.filter(text => /undefined|\(\)(?!=)/.test(text))).toEqual([])
  })

  it('and the check sees it where it is (control)', () => {
    expect(claims.filter(({ statement }) => LEFT_OVER.test(statement)).length).toBeGreaterThan(20)
  })
})
