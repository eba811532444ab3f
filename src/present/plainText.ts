/**
 * TeX as plain text, for terminals and wherever only text is read. KaTeX parses, and writes MathML; here its tree
 * becomes a line of characters.
 */
import { type Element, formulaTree } from './formulaTree.js'

/**
 * Text whose formulas between $...$ are written in plain characters. A formula that KaTeX cannot read stays as it is.
 * @example plainText('$\\tfrac{1-\\beta}\\alpha$ for $N\\ge2$') // '(1-β)/α for N ≥ 2'
 */
export function plainText(text: string): string {
  return text.replace(/\$([^$]+)\$/g, (_, tex: string) => plainTex(tex)).replace(BRACES, '$1($2)')
}

/** A formula, without its dollar signs, in plain characters. @example plainTex('N^{-\\delta}') // 'N^(-δ)' */
export function plainTex(tex: string): string {
  const known = remembered.get(tex)
  if (known !== undefined) return known
  let text: string
  try {
    text = written(formulaTree(tex))
      .replace(/\s+/g, ' ')
      .replace(/\( | (?=\))/g, space => space.trim())
      .trim()
  } catch {
    text = tex
  }
  remembered.set(tex, text)
  return text
}

const remembered = new Map<string, string>()

/** Words too have braces, as in 'min{N, 2}' and 'e^{-x}', where plain mathematics has parentheses. */
const BRACES = /(\b(?:max|min|sup|inf) ?|[_^])\{([^{}]*)\}/g

/** Characters that terminals and keyboards have in place of those of MathML. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '−': '-',
  '⋅': '·',
  '∗': '*',
  '∣': '|',
  '∥': '‖',
  ϵ: 'ε',
  ϕ: 'φ',
  '\u00a0': ' ',
  '{': '(',
  '}': ')',
}

const RELATION = /^[=<>≤≥≠≡≈∈∉⊂⊆→↦∼≪≫∧∨∩∪⇒⇔]$/
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((sign, i) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][i]!]),
)
const ACCENTS: Readonly<Record<string, string>> = {
  ˉ: '\u0304',
  '‾': '\u0304',
  '~': '\u0303',
  '^': '\u0302',
  '˙': '\u0307',
}

/** Applied to nothing: MathML's mark between a function and its argument. */
const APPLY = '\u2061'

function written(element: Element): string {
  const { name, children } = element
  const part = (i: number): string => written(children[i]!).trim()
  switch (name) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
      return leaf(element)
    case 'mspace':
      return /width="(0\.1|-)/.test(element.attributes) ? '' : ' '
    case 'mfrac':
      return `${simple(part(0), /(?!^)[-+±]|[=<>≤≥,]|(log|ln|exp|sup|max|min|sinh?|cosh?|tan)/)}/${simple(part(1), /[-+±=<>≤≥, ·/]/, 'single')}`
    case 'msqrt':
      return `√${simple(part(0), /./, 'single')}`
    case 'mroot':
      return `(${part(0)})^(1/${part(1)})`
    case 'msup':
      return scripts(part(0), '', part(1))
    case 'msub':
      return scripts(part(0), part(1), '')
    case 'msubsup':
    case 'munderover':
      return scripts(part(0), part(1), part(2))
    case 'munder':
      return scripts(part(0), part(1), '')
    case 'mover': {
      const accent = ACCENTS[part(1)]
      return accent === undefined ? scripts(part(0), '', part(1)) : `${part(0)}${accent}`
    }
    case 'mtable':
      return `${children.map(written).join('; ')})`
    case 'mtr':
      return children.map(cell => written(cell).trim().replace(/,$/, '')).join(' ')
    default:
      return row(children)
  }
}

/** Letters of another alphabet where Unicode has them on every machine, otherwise as they are. */
const ALPHABETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  script: { B: 'ℬ', C: '𝒞', E: 'ℰ', F: 'ℱ', H: 'ℋ', L: 'ℒ', M: 'ℳ', R: 'ℛ' },
  'double-struck': { C: 'ℂ', E: '𝔼', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
}

function leaf({ name, attributes, text }: Element): string {
  const alphabet = ALPHABETS[/mathvariant="([\w-]+)"/.exec(attributes)?.[1] ?? '']
  const plain = [...text].map(character => alphabet?.[character] ?? CHARACTERS[character] ?? character).join('')
  if (name !== 'mo') return plain
  if (RELATION.test(plain)) return ` ${plain} `
  return plain === ',' || plain === ';' ? `${plain} ` : plain
}

/** Words stand apart from letters and numbers beside them, fractions in parentheses beside factors. */
function row(children: readonly Element[]): string {
  let line = ''
  let last: Element | undefined
  children.forEach((child, i) => {
    let next = written(child)
    if (next === APPLY) return
    const fraction = innermost(child).name === 'mfrac'
    if (fraction && (isFactor(children[i - 1], -1) || isFactor(children[i + 1], 0))) next = `(${next})`
    const word = (last !== undefined && isWord(last, -1)) || isWord(child, 0)
    const apart = word && /[\p{L}\p{N}\p{M}⁰¹²³⁴-⁹∞)|‖]$/u.test(line) && /^[\p{L}\p{N}√∞|‖]/u.test(next)
    line += apart ? ` ${next}` : next
    last = child
  })
  return line
}

/** Whether the first (0) or last (-1) leaf is a word, as 'log' is. */
function isWord({ children, text }: Element, end: 0 | -1): boolean {
  const next = children.at(end)
  return next === undefined ? /^[A-Za-z]{2,}$/.test(text) : isWord(next, end)
}

/** What a chain of rows with one member holds. */
function innermost(element: Element): Element {
  const { name, children } = element
  return (name === 'mrow' || name === 'mstyle') && children.length === 1 ? innermost(children[0]!) : element
}

/** Whether what stands here is multiplied with its neighbour, of which the nearest leaf decides. */
function isFactor(neighbour: Element | undefined, end: 0 | -1): boolean {
  if (neighbour === undefined) return false
  const { name, text, children } = neighbour
  const next = children.at(end)
  if (next !== undefined) return isFactor(next, end)
  if (name === 'mo') return (end === 0 ? OPENING : CLOSING).test(text)
  return name === 'mi' || name === 'mn'
}

const OPENING = /^[([{∣|√∑∏∫]$/
const CLOSING = /^[)\]}∣|]$/

/** A part in parentheses, unless it is free of what would be misread. */
function simple(text: string, misread: RegExp, kind: 'product' | 'single' = 'product'): string {
  if (isSingle(text)) return text
  return kind === 'single' || misread.test(text.replace(/\([^()]*\)/g, '')) ? `(${text})` : text
}

/**
 * A number, a letter with its scripts, a norm, something in parentheses, a function's value, a power or root of these.
 */
function isSingle(text: string): boolean {
  const bare = text.replace(/^√/, '').replace(/[⁰¹²³⁴-⁹⁺⁻]+$/, '')
  return (
    /^(\d+(\.\d+)?|([\p{L}∞∂∇]\p{M}*['′]*|\|[^|]*\||‖[^‖]*‖)(\^\p{L})?(_[\p{L}\d∞]+|_\([^()]*\))?)$/u.test(bare) ||
    isEnclosed(bare.replace(/^[a-z]{2,4}(?=\()/, ''))
  )
}

/** Whether the first parenthesis is closed by the last. */
function isEnclosed(text: string): boolean {
  if (!/^\(.*\)$/.test(text)) return false
  let depth = 0
  return [...text].every((character, i, all) => {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0
    return depth > 0 || i === all.length - 1
  })
}

function scripts(base: string, below: string, above: string): string {
  const plainBase = base === '' || isSingle(base) || isEnclosed(base) || /^\P{L}$|[\])|‖}]$|^[A-Za-z]+$/u.test(base)
  const root = plainBase ? base : `(${base})`
  const down = below === '' ? '' : `_${/^[\p{L}\d∞]+$/u.test(below) ? below : enclosed(below)}`
  const up = above === '' ? '' : `^${isSingle(above) || /^[*∞]$/.test(above) ? above : enclosed(above)}`
  const primes = /^[′']+/.exec(above)?.[0] ?? ''
  if (primes !== '') return scripts(`${root}${primes}`, below, above.slice(primes.length))
  if (/^([∫∑∏]|[A-Za-z]{2,})$/.test(base) && down !== '') return `${root}${down}${up} `
  if (/^[+-]?\d*$/.test(above)) return `${root}${down}${[...above].map(sign => RAISED[sign]).join('')}`
  return `${root}${up}${down}`
}

const enclosed = (text: string): string => (isEnclosed(text) ? text : `(${text})`)
