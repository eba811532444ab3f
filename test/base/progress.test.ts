import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ProgressChannel, type ProgressState, reporting, setProgressChannel } from '../../src/base/progress.js'

/** A clock that is moved by hand, and a channel that remembers what it was shown. */
let now = 0
let ready = true
interface Shown {
  readonly label: string
  readonly states: ProgressState[]
  ended: boolean
}
let displays: Shown[] = []
let before: ProgressChannel | undefined
beforeEach(() => {
  now = 0
  ready = true
  displays = []
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  before = setProgressChannel({
    ready: () => ready,
    context: new AsyncLocalStorage(),
    open: label => {
      const shown: Shown = { label, states: [], ended: false }
      displays.push(shown)
      return {
        show: state => void shown.states.push(state),
        end: () => {
          shown.ended = true
        },
      }
    },
  })
})
afterEach(() => {
  setProgressChannel(before)
  vi.restoreAllMocks()
})

const fractions = (): number[] => displays[0]!.states.map(({ fraction }) => fraction)

test('nothing is shown of what ends within a second', async () => {
  await reporting('quick', {}, async report => {
    for (; now < 1000; now += 10) report(now / 1000)
  })
  expect(displays).toEqual([])
})

test('after a second there is a state ten times a second, with the time that is left, and it is taken away at the end', async () => {
  await reporting('slow', {}, async report => {
    for (; now < 4000; now += 10) report(now / 4000, 'counting')
    expect(displays[0]!.ended).toBe(false)
  })
  expect(displays).toHaveLength(1)
  expect(displays[0]!.label).toBe('slow')
  expect(displays[0]!.ended).toBe(true)
  expect(displays[0]!.states).toHaveLength(30)
  expect(displays[0]!.states[0]).toEqual({ label: 'slow', stage: 'counting', fraction: 0.25, secondsLeft: 3 })
  expect(displays[0]!.states[10]).toEqual({ label: 'slow', stage: 'counting', fraction: 0.5, secondsLeft: 2 })
})

test('the fraction never goes back, whatever is reported', async () => {
  await reporting('erratic', {}, async report => {
    for (const fraction of [0.1, 0.5, 0.2, 0.6, 0, 7]) {
      now += 1000
      report(fraction)
    }
  })
  expect(fractions()).toEqual([0.1, 0.5, 0.5, 0.6, 0.6, 1])
})

test('calls within a stage fill its share, in one display; stages share what is left by their cost', async () => {
  const inner = (parts: number) =>
    reporting('inner', {}, async report => {
      for (let k = 1; k <= parts; k++) {
        now += 1000
        report(k / parts)
      }
    })
  await reporting('outer', {}, async report => {
    await report.stage('first', 1, 3, () => inner(2))
    // Nothing is known to be right: the rest is shared anew.
    await report.stage('second', 1, 1, async part => {
      await part(0.5)
      await report.stage('nested', 0, 1, () => inner(1))
    })
    await report.stage('third', 5, 0, () => reporting('middle', {}, r => r.stage('deep', 1, 0, () => inner(2))))
  })
  expect(displays).toHaveLength(1)
  expect(displays[0]!.label).toBe('outer')
  const seen = fractions()
  expect(seen.slice(0, 2)).toEqual([0.125, 0.25])
  expect(seen.at(-2)).toBeCloseTo(0.625 + 0.375 / 2, 12)
  expect(seen.at(-1)).toBe(1)
  expect([...seen].sort((a, b) => a - b)).toEqual(seen)
  expect(displays[0]!.states[0]!.stage).toBe('first')
  expect(displays[0]!.states.at(-1)!.stage).toBe('deep')
})

test('a call outside all stages of its caller shows nothing of its own', async () => {
  await reporting('outer', {}, async report => {
    await reporting('inner', {}, async part => {
      now = 2000
      part(1)
    })
    now = 4000
    report(0.1)
  })
  expect(displays.map(({ label }) => label)).toEqual(['outer'])
  expect(fractions()).toEqual([0.1])
})

test('bar: hide hides a call and its parts; a listener of its own hides it unless bar: show', async () => {
  const long = (options: object) =>
    reporting('outer', options, report =>
      report.stage('part', 1, 0, () =>
        reporting('inner', {}, async part => {
          for (let k = 0; k <= 10; k++) {
            now += 500
            part(k / 10)
          }
        }),
      ),
    )
  await long({ bar: 'hide' })
  await long({ onProgress: () => undefined })
  await long({ progress: () => undefined })
  expect(displays).toHaveLength(0)
  await long({ onProgress: () => undefined, bar: 'show' })
  expect(displays).toHaveLength(1)
  await expect(long({ bar: 'maybe' })).rejects.toThrow('bar must be one of "show", "hide", got "maybe"')
})

test('a call with a listener within another still fills the share of that one', async () => {
  await reporting('outer', {}, report =>
    report.stage('part', 1, 1, () =>
      reporting('inner', { onProgress: () => undefined } as object, async part => {
        now = 2000
        part(0.5)
      }),
    ),
  )
  expect(fractions()).toEqual([0.25])
})

test('calls side by side have a display each, and an error ends its own', async () => {
  const call = (label: string, fails: boolean) =>
    reporting(label, {}, async report => {
      await null
      now += 2000
      report(0.5)
      await null
      if (fails) throw new Error(label)
    })
  const both = await Promise.allSettled([call('a', true), call('b', false)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(displays.map(({ label, ended }) => [label, ended])).toEqual([
    ['a', true],
    ['b', true],
  ])
})

test('where nobody can watch nothing is shown, and stages do their work all the same', async () => {
  ready = false
  const value = await reporting('alone', {}, report =>
    report.stage('part', 1, 0, async part => {
      now = 5000
      part(0.5)
      return 7
    }),
  )
  expect(value).toBe(7)
  expect(displays).toEqual([])
})
