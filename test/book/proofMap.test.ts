// The map of the proof against the recorded ledger: a box has the verdict on the statements that it names.
import { describe, expect, it } from 'vitest'
import { proofMapHtml } from '../../src/book/site/proofMapHtml.js'
import { ledgerRows } from '../../src/book/site/text/statements.js'
import { STATUS } from '../../src/claims/core/status.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { PROOF_MAP, type ProofNode } from '../../src/figures/section4/proofMapFigure.js'

const recorded = recordedLedger().claims
const rows = ledgerRows(recordedLedger())
const html = proofMapHtml(node => `${node.notebook}.html`, rows)

/** The kinds of the statements, as the ledger's labels write them, and as the map does. */
const KIND = /^(Definition|Theorem|Lemma|Proposition|Corollary) (\d+\.\d+)/
const SHORT: Readonly<Record<string, string>> = {
  Def: 'Definition',
  Thm: 'Theorem',
  Prop: 'Proposition',
  Cor: 'Corollary',
}

/** 'Def. 7.1, Cor. 7.3' as ['Definition 7.1', 'Corollary 7.3']. */
const named = ({ label }: ProofNode): string[] =>
  [...label.matchAll(/([A-Z][a-z]+)\.? (\d+\.\d+)/g)].map(([, kind, number]) => `${SHORT[kind!] ?? kind} ${number}`)

const boxOf = (node: ProofNode): string =>
  html.match(/<a class="node[\s\S]*?<\/a>/g)!.find(box => box.includes(`>${node.label} </text>`))!

describe('the map of the proof', () => {
  it.each(PROOF_MAP.map(node => [node.label, node] as const))('%s has the verdict of the ledger', (_, node) => {
    const own = recorded.filter(({ label }) => named(node).includes(KIND.exec(label)?.[0] ?? ''))
    expect(new Set(own.map(({ label }) => KIND.exec(label)![0])).size, 'every statement named is in the ledger').toBe(
      named(node).length,
    )
    expect([...node.claims].sort()).toEqual(own.map(({ id }) => id).sort())
    const status = [
      ...['fails as printed', 'holds with a repaired constant or hypothesis', 'not testable at these N'],
      ...['not contradicted at these N', 'holds'],
    ].find(candidate => own.some(({ verdict }) => verdict.status === candidate)) as keyof typeof STATUS
    expect(boxOf(node)).toContain(`class="sign ${STATUS[status].className}"`)
    expect(boxOf(node)).toMatch(new RegExp(`aria-label="[^"]*: ${status}[";]`))
  })

  it('shows that step (57) fails and that Proposition 7.2, which it is a step of, holds', () => {
    const status = (id: string) => recorded.find(row => row.id === id)!.verdict.status
    expect([status('7.2'), status('7.2.57')]).toEqual(['holds', 'fails as printed'])
    const box = boxOf(PROOF_MAP.find(({ id }) => id === '7.2')!)
    expect(box).toContain('aria-label="Prop. 7.2 law of large numbers: holds; step (57): fails as printed"')
    expect(box).toMatch(/class="sign holds"[\s\S]*class="sign note fails"[\s\S]*>\(57\) ✘</)
    expect(html).toMatch(
      /<b>Prop. 7.2<\/b>[\s\S]*?verdict holds[\s\S]*?<small>step \(57\): <span class="verdict fails"/,
    )
  })

  it('has every claim of the ledger at most once, and none that the ledger does not have', () => {
    const ids = PROOF_MAP.flatMap(({ claims, steps }) => [...claims, ...steps])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => !recorded.some(row => row.id === id))).toEqual([])
    // What is about no single statement has no box.
    const elsewhere = recorded.filter(({ id }) => !ids.includes(id) && !/^(beyond|fournier)/.test(id))
    expect(elsewhere.map(({ id }) => id)).toEqual(['13', '17', '26', '28', '4.5'])
  })
})
