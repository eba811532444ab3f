import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newestOnly } from '../../../src/notebook/interact/newestOnly.js'

/** A channel that writes down what it is given. */
function recorded() {
  const sent: [seq: number, state: string][] = []
  const newer: number[] = []
  const requests = newestOnly<string>({
    send: (seq, state) => void sent.push([seq, state]),
    newer: seq => void newer.push(seq),
  })
  return { sent, newer, requests }
}

describe('newestOnly', () => {
  it('sends the first state at once, and of those that come meanwhile the newest', () => {
    const { sent, newer, requests } = recorded()
    for (const state of ['a', 'b', 'c']) requests.offer(state)
    expect(sent).toEqual([[1, 'a']])
    expect(newer).toEqual([1])
    requests.answered(1)
    expect(sent).toEqual([
      [1, 'a'],
      [2, 'c'],
    ])
    requests.answered(2)
    expect(sent).toHaveLength(2)
  })

  it('takes no answer but that to the request under way', () => {
    const { sent, requests } = recorded()
    requests.offer('a')
    requests.offer('b')
    requests.answered(7)
    expect(sent).toHaveLength(1)
    expect(requests.awaits(1)).toBe(true)
    requests.reset()
    requests.answered(1)
    expect(sent).toHaveLength(1)
    requests.offer('c')
    expect(sent.at(-1)).toEqual([2, 'c'])
    expect(requests.awaits(1)).toBe(false)
  })

  it('has one request under way at a time, and ends with the newest state, in whatever order things happen', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.constant(undefined))), events => {
        const { sent, newer, requests } = recorded()
        let answered = 0
        let offered: string | undefined
        const answer = (): void => {
          if (sent.length === answered) return
          requests.answered(sent[answered++]![0])
        }
        for (const event of events) {
          if (event === undefined) answer()
          else {
            offered = event
            requests.offer(event)
          }
          expect(sent.length - answered).toBeLessThanOrEqual(1)
        }
        while (sent.length > answered) answer()
        expect(sent.at(-1)?.[1]).toBe(offered)
        expect(new Set(newer).size).toBe(newer.length)
      }),
    )
  })
})
