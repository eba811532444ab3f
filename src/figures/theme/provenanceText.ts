/** Where a figure comes from, in words. */
import type { Figure } from './figure.js'

/** Letters that parameters have in the paper. */
const LETTERS: Readonly<Record<string, string>> = { alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', sigma: 'σ' }

const FORCES: Readonly<Record<string, string>> = {
  1: 'repulsive',
  '-1': 'attractive',
  0: 'free',
  repulsion: 'repulsive',
  attraction: 'attractive',
}

/**
 * Law, force, parameters, seed and mode as a line below a title or a caption: the law first, the rest in its order.
 * @example provenanceText({ N: 64, law: 'gaussian', sigma: 1, seed: 8 }) // 'Gaussian law · repulsive · N = 64 · seed 8'
 */
export function provenanceText(provenance: Figure['provenance']): string {
  const { law, sigma, force, ...rest } = provenance
  const first = Object.entries({ law, sigma, force }).filter(([, value]) => value !== undefined)
  return [...first, ...Object.entries(rest)].map(([name, value]) => worded(name, value!)).join(' · ')
}

function worded(name: string, value: number | string): string {
  const text = String(value).replace(/^-(?=\d)/, '−')
  if (name === 'law') return lawText(text)
  if (name === 'mode') return text
  if ((name === 'sigma' || name === 'force') && FORCES[value] !== undefined) return FORCES[value]
  if (name === 'replicates' || name === 'samples') return `${text} ${name}`
  const letter = LETTERS[name] ?? (/^\p{L}'?$/u.test(name) ? name : undefined)
  return letter === undefined ? `${name} ${text}` : `${letter} = ${text}`
}

/** A law's name and what is said of it after a comma: 'gaussian, slow' is the 'Gaussian law, slow'. */
function lawText(name: string): string {
  const [first = '', ...more] = name.split(', ')
  return [`${first.charAt(0).toUpperCase()}${first.slice(1)} law`, ...more].join(', ')
}
