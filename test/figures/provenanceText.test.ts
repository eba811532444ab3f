import { expect, it } from 'vitest'
import { provenanceText } from '../../src/figures/theme/provenanceText.js'

it('tells in words where a figure comes from', () => {
  const run = { law: 'gaussian', N: 1000, delta: 0.25, sigma: -1, seed: 'a', replica: 0, mode: 'measured' }
  expect(provenanceText(run)).toBe('Gaussian law · attractive · N = 1000 · δ = 0.25 · seed a · replica 0 · measured')
  expect(provenanceText({ mode: 'exact', t: '0 to 2', law: 'uniform ball, cold', force: 'repulsion' })).toBe(
    'Uniform ball law, cold · repulsive · exact · t = 0 to 2',
  )
  expect(provenanceText({ samples: 20, sigma: 0.5, alpha: -2, formulas: '(20)' })).toBe(
    'σ = 0.5 · 20 samples · α = −2 · formulas (20)',
  )
  expect(provenanceText({})).toBe('')
})
