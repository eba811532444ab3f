/**
 * What a verdict card says, before it has a form: the same parts in notebooks, in terminals and in the book.
 */
import type { Claim, ClaimRecord, ConstantComparison, Quantities, Verdict, VerdictBasis } from '../claims/core/claim.js'
import { exceedsPrinted } from '../claims/core/evidence.js'
import { quantityText } from '../claims/core/quantities.js'
import { firstSentence } from './firstSentence.js'
import { readableNumber } from './html.js'
import { inputText } from './inputText.js'
import { plainTex } from './plainText.js'
import { estimateText } from './table.js'

/** What a verdict rests on, in words. */
export const BASIS: Readonly<Record<VerdictBasis, string>> = {
  proved: 'a proof: a derivation whose numbers certificates enclose',
  derivation: 'a derivation',
  certified: 'a certified computation',
  measured: 'measurement',
  literature: 'the literature',
}

/** What a card needs to know of a claim. */
export type CardClaim = Pick<Claim, 'label' | 'title' | 'statement' | 'reference' | 'counterExampleText'> & {
  readonly bound: Pick<Claim['bound'], 'tex' | 'source'>
  /** What the names of constants mean; absent: they are shown as they are. */
  readonly quantities?: Quantities
}

/** What a card shows of a record; estimates as they are stored will do. */
export type CardRecord = Pick<ClaimRecord<unknown>, 'constants' | 'hypotheses' | 'measured'>

/** A number with its name, or a part of the evidence with its heading: TeX between $...$. */
export interface Named {
  readonly name: string
  readonly text: string
  /** Where a search ended; terminals, which fold nothing, leave it out. */
  readonly where?: string
}

/** A card: texts with TeX between $...$. */
export interface CardParts {
  /** The verdict in one sentence. */
  readonly gist: string
  /** At most three numbers, and what they are numbers of. */
  readonly numbers?: { readonly of: string; readonly values: readonly Named[] }
  readonly repair?: string
  readonly counterExample?: string
  /** All else, which cards fold. */
  readonly evidence: readonly Named[]
}

/** The parts of a card. @example cardParts(claim, claim.judge(records), records[0]).evidence[0].name // 'Statement' */
export function cardParts(claim: CardClaim, verdict: Verdict, record?: CardRecord): CardParts {
  const gist = ended(verdict.gist ?? firstSentence(verdict.reason))
  const constants = record?.constants ?? []
  const constant = decisive(verdict, constants)
  const broken = (record?.hypotheses ?? []).filter(({ satisfied }) => !satisfied)
  const { repair, counterExample } = verdict
  const numbers =
    constant === undefined
      ? overBound(verdict, record)
      : { of: quantityText(claim.quantities, constant.name), values: values(constant) }
  return {
    gist,
    ...(numbers !== undefined && { numbers }),
    ...(repair !== undefined && { repair }),
    ...(counterExample !== undefined && {
      counterExample: claim.counterExampleText?.(counterExample) ?? `${withoutBraces(inputText(counterExample))}.`,
    }),
    evidence: [
      { name: 'Statement', text: claim.statement },
      { name: 'Rests on', text: `${BASIS[verdict.basis]}.` },
      ...(gist === verdict.reason ? [] : [{ name: 'Why', text: verdict.reason }]),
      ...broken.map(({ text }) => ({ name: 'Outside the hypothesis', text })),
      ...constants.map(other => ({ name: quantityText(claim.quantities, other.name), ...constantText(other) })),
      { name: 'Source', text: claim.reference },
    ],
  }
}

/**
 * The constant that decides: one that is exceeded; for a statement that does not fail otherwise the first that has a
 * printed value, or the first.
 */
function decisive({ status }: Verdict, constants: readonly ConstantComparison[]): ConstantComparison | undefined {
  const exceeded = constants.find(exceedsPrinted)
  if (exceeded !== undefined || status === 'fails as printed') return exceeded
  return constants.find(({ printed }) => printed !== null) ?? constants[0]
}

/** Where no constant decides: how far the bound is used, if it is kept. */
function overBound({ status }: Verdict, record: CardRecord | undefined): CardParts['numbers'] | undefined {
  const used = record?.measured.overBound
  if (used === undefined || status === 'fails as printed') return undefined
  return { of: 'As a part of the bound', values: [{ name: 'largest measured', text: tens(estimateText(used, 3)) }] }
}

/** Printed, sharp and found; what is the same is said once. */
function values(constant: ConstantComparison): Named[] {
  const sharp = sharpText(constant)
  const found =
    constant.evidence === undefined ? [{ name: 'largest found', text: tens(estimateText(constant.attacked)) }] : []
  const { printed } = constant
  if (printed === null) return [{ name: 'sharp', text: sharp }, ...found]
  if (readableNumber(printed) === estimateText(constant.sharp))
    return [{ name: 'printed, and sharp', text: sharp }, ...found]
  return [{ name: 'printed', text: tens(readableNumber(printed)) }, { name: 'sharp', text: sharp }, ...found]
}

/** Everything about a constant, in a line. */
function constantText(constant: ConstantComparison): Pick<Named, 'text' | 'where'> {
  const { evidence, extremal } = constant
  const list = values(constant).map(({ name, text }) => `${name} ${text}`)
  if (evidence !== undefined) list.push(`checked by ${evidence}`)
  const at = inputText(extremal)
  return { text: `${list.join(', ')}.`, ...(at !== '' && { where: withoutBraces(at) }) }
}

/** The closed form and its value; one of them where the other says the same. */
function sharpText({ sharp, sharpTex }: ConstantComparison): string {
  const value = estimateText(sharp)
  if (sharpTex === undefined || plainTex(sharpTex) === value) return tens(value)
  return plainTex(sharpTex).endsWith(`= ${value}`)
    ? `$${sharpTex}$`
    : `$${sharpTex}$ ${Number.isInteger(sharp.value) ? '=' : '≈'} ${tens(value)}`
}

/** Powers of ten as people write them. */
const tens = (text: string): string =>
  text.replace(/(\d)e(-?)(\d+)/g, (_, digit: string, sign: string, power: string) => {
    const raised = [...power].map(place => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(place)]).join('')
    return `${digit}·10${sign === '-' ? '⁻' : ''}${raised}`
  })

/** An input has no formulas: braces of its texts are parentheses, quotation marks go. */
const withoutBraces = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')').replaceAll('"', '')

const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)
