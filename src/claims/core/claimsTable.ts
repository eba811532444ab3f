/**
 * The ledger as Markdown: what docs/claims.md shows. `npm run ledger` writes it there, and a test compares.
 */
import { SEARCH_GAP } from './evidence.js'
import { claimById } from './ledger.js'
import type { StoredClaim } from './ledgerRecord.js'
import { quantityText } from './quantities.js'

/** A constant as it is stored. */
type StoredConstant = StoredClaim['records'][number]['constants'][number]

/**
 * Three tables: the verdicts, every constant with its printed and sharp value and what the search reached, and what is
 * proved.
 * @param rows of the stored ledger, in the order wanted
 * @example claimsTable(recordedLedger().claims)
 */
export function claimsTable(rows: readonly StoredClaim[]): string {
  const verdicts = rows.map(({ label, title, verdict }) => [
    label,
    title,
    `**${verdict.status}**`,
    verdict.basis,
    verdict.reason,
    verdict.repair ?? '',
  ])
  const constants = rows.flatMap(({ id, label, records }) =>
    records.flatMap(({ spec, constants: list }) => {
      const given = Object.entries(spec).map(([name, value]) => `${name} = ${short(value)}`)
      const words = (name: string): string => quantityText(claimById(id).quantities, name)
      return list.map(constant => [label, given.join(', '), words(constant.name), ...cells(constant)])
    }),
  )
  return [
    table(['Statement', 'What it says', 'Verdict', 'Basis', 'Why', 'Repair'], verdicts),
    table(['Statement', 'Measured at', 'Constant', 'As printed', 'Sharp', `Search met it to ${SEARCH_GAP}`], constants),
    provedTable(rows, '../'),
  ].join('\n')
}

/**
 * What is proved: a row for each certificate of each claim, with its enclosure.
 * @param up from the page's folder to the repository: '' or '../'
 * @example provedTable(recordedLedger().claims, '../')
 */
export function provedTable(rows: readonly StoredClaim[], up: string): string {
  const cellsOf = ({ label, verdict, certificates = [] }: StoredClaim): string[][] =>
    certificates.map(({ id, words, tex, lo, hi }) => {
      const enclosure = lo === undefined ? 'inequality' : lo === hi ? `exactly ${lo}` : `[${lo}, ${hi}]`
      return [label, verdict.basis, words, `$${tex}$`, enclosure, `[${id}](${up}data/certificates/${id}.json)`]
    })
  return table(
    ['Statement', 'Rests on', 'What is proved', 'In symbols', 'Enclosure', 'Certificate'],
    rows.flatMap(cellsOf),
  )
}

/** A table in Markdown, its last line ended. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(values => `${row(values)}\n`).join('')
}

/**
 * Ten digits of what is derived, and whether the search, which is good to six, bears it out; or that there was none.
 */
function cells({ printed, sharp, attacked, evidence }: StoredConstant): string[] {
  const met = attacked >= sharp * (1 - SEARCH_GAP) && attacked <= sharp * (1 + SEARCH_GAP)
  return [
    printed === null ? '—' : digits(printed, 6),
    digits(sharp, 10),
    met ? (evidence ?? 'yes') : `no: ${digits(attacked, 4)}`,
  ]
}

function short(value: number | string): string {
  return typeof value === 'string' ? value : digits(value, 4)
}

function digits(value: number, count: number): string {
  return String(Number(value.toPrecision(count)))
}

/**
 * A row of a table. A pipe would end the cell: inside formulas it becomes a command, elsewhere it is escaped. No
 * formula ends with a space, which would make its dollar sign one of the text.
 */
function row(values: readonly string[]): string {
  const cell = (text: string): string =>
    text
      .split('$')
      .map((part, i) =>
        i % 2 === 1
          ? part.replaceAll('\\|', '\\Vert ').replaceAll('|', '\\vert ').trimEnd()
          : part.replaceAll('|', '\\|'),
      )
      .join('$')
  return `| ${values.map(cell).join(' | ')} |`
}
