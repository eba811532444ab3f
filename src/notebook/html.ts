/**
 * Small pieces of HTML for outputs: escaped text, and the styles that read well on light and dark themes.
 */

/** Text as HTML: markup in it is shown, not interpreted. TeX between $...$ passes through to the front end's typesetter. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A number as people read it: whole numbers in full, others with `digits` significant digits, no trailing zeros. */
export function readableNumber(value: number, digits: number = 6): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  const size = Math.abs(value)
  if (value === 0 || (Number.isInteger(value) && size < 1e15)) return String(value)
  if (size >= 10 ** Math.max(digits, 6) || size < 1e-4) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
  }
  const text = value.toPrecision(digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/**
 * TeX between $...$ made readable in plain text: the dollar signs go, and the commands that have one become Unicode.
 */
export function plainText(text: string): string {
  return text.replace(/\$([^$]*)\$/g, (_, tex: string) => plainTex(tex))
}

const SYMBOLS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'rho ρ xi ξ delta δ sigma σ gamma γ alpha α beta β lambda λ pi π mu μ eta η phi φ varphi φ Phi Φ Psi Ψ Delta Δ ' +
    'infty ∞ cdot · times × nabla ∇ ast * pm ± int ∫ sqrt √ partial ∂ sum ∑'
  )
    .split(' ')
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1]!]] : [])),
)

/** These stand apart from what is around them. */
const WORDS: Readonly<Record<string, string>> = {
  leq: '≤',
  le: '≤',
  geq: '≥',
  ge: '≥',
  in: '∈',
  neq: '≠',
  ne: '≠',
  to: '→',
  sim: '~',
  ll: '≪',
  gg: '≫',
  sup: 'sup',
  log: 'log',
  exp: 'exp',
  max: 'max',
  min: 'min',
}

function plainTex(tex: string): string {
  return tex
    .replace(/\\(?:left|right|displaystyle|,|;|!|quad|,)\s?/g, '')
    .replace(/\\(?:mathrm|mathbb|mathcal|operatorname|text)\{([^{}]*)\}/g, '$1')
    .replace(/\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g, '($1)/($2)')
    .replace(/\\\|/g, '‖')
    .replace(/\s*\\([A-Za-z]+)\s*/g, (whole, name: string) => (WORDS[name] ? ` ${WORDS[name]} ` : whole))
    .replace(/\\([A-Za-z]+)\s?/g, (whole, name: string) => SYMBOLS[name] ?? whole)
    .replace(/\\?[{}]/g, brace => brace.slice(1))
    .replace(/ {2,}/g, ' ')
    .trim()
}
