import { expect, test, vi } from 'vitest'
import type { Report } from '../../src/base/progress.js'
import { finish, inTurns, pace, parts, type Step, type Steps } from '../../src/base/steps.js'

/** Work in n steps with the value n. */
function* work(n: number): Steps<number> {
  for (let k = 0; k < n; k++) yield { fraction: k / n, stage: `${k} of ${n}` }
  return n
}

function* whole(): Steps<number> {
  const part = parts(4)
  const first = yield* part('first', 1, work(2))
  return first + (yield* part('', 3, work(3)))
}

const silent = Object.assign(() => undefined, { stage: () => expect.unreachable() }) as unknown as Report

test('parts have their shares of the whole and their names, and hand on what they find', () => {
  const seen: Step[] = []
  const steps = whole()
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) seen.push(step.value)
  expect(step.value).toBe(5)
  expect(seen.map(({ stage }) => stage)).toEqual(['first', 'first', '0 of 3', '1 of 3', '2 of 3'])
  expect(seen.map(({ fraction }) => fraction)).toEqual([0, 1 / 8, 1 / 4, 1 / 2, 3 / 4])
})

test('at once and in turns the value is the same; in turns each step is reported', async () => {
  expect(finish(whole())).toBe(5)
  const report = vi.fn()
  expect(await inTurns(whole(), {}, report as unknown as Report)).toBe(5)
  expect(report.mock.calls.map(([fraction]) => fraction)).toEqual([0, 1 / 8, 1 / 4, 1 / 2, 3 / 4])
})

test('an aborted signal ends work after the step that it finds it in, and before the first', async () => {
  const controller = new AbortController()
  let steps = 0
  function* endless(): Steps<never> {
    for (;;) {
      if (++steps === 3) controller.abort(new Error('enough'))
      yield { fraction: 0, stage: '' }
    }
  }
  await expect(inTurns(endless(), controller, silent)).rejects.toThrow('enough')
  await expect(inTurns(endless(), controller, silent)).rejects.toThrow('enough')
  expect(steps).toBe(3)
})

test('a prediction that goes back is told as one that stands', async () => {
  function* wavering(): Steps<void> {
    for (const fraction of [0.1, 0.5, 0.3, 0.6]) yield { fraction, stage: '' }
  }
  const report = vi.fn()
  await inTurns(wavering(), {}, report as unknown as Report)
  expect(report.mock.calls.map(([fraction]) => fraction)).toEqual([0.1, 0.5, 0.5, 0.6])
})

test('it is time for a step after each million operations', () => {
  const isTime = pace()
  expect([4e5, 4e5, 4e5, 4e5, 2e6, 1].map(isTime)).toEqual([false, false, true, false, true, false])
})
