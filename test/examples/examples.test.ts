import { describe, expect, it } from 'vitest'
import { typeErrors } from './checkTypes.js'
import { promiseFault } from './promise.js'
import { type Example, examplesOf, readExamples } from './readExamples.js'
import { exportedNames, outcomeOf, sourcesOf } from './runExample.js'
import { NOT_RUN, RUN, SURROUNDINGS, UNSEEN } from './surroundings.js'

const examples = readExamples()
const names = exportedNames()
type Room = keyof typeof SURROUNDINGS
const built = new Map<string, Promise<Record<string, unknown>>>()
/** What a room's examples find, made once. */
const roomOf = (room: string): Promise<Record<string, unknown>> => {
  if (!(room in SURROUNDINGS)) return Promise.resolve({})
  if (!built.has(room)) built.set(room, Promise.resolve(SURROUNDINGS[room as Room]()))
  return built.get(room)!
}
const rooms = new Map(
  await Promise.all(Object.keys(SURROUNDINGS).map(async room => [room, Object.keys(await roomOf(room))] as const)),
)

const isRun = ({ place }: Example): boolean =>
  RUN.some(path => place.startsWith(path)) || !NOT_RUN.some(([path]) => place.startsWith(path))

/** Where every name of an example is from. */
function sources(example: Example): Map<string, string> {
  return sourcesOf(example, { rooms, unseen: isRun(example) ? [] : UNSEEN, names })
}

async function faultOf(example: Example): Promise<string | undefined> {
  const scope: Record<string, unknown> = {}
  for (const [name, from] of sources(example)) {
    scope[name] = (from.endsWith('.ts') ? await import(`../../src/${from}`) : await roomOf(from))[name]
  }
  const outcome = await outcomeOf(example.code, scope)
  if (example.promise !== undefined) return promiseFault(example.promise, outcome)
  return outcome.error === undefined ? undefined : `throws ${String(outcome.error)}`
}

describe('the examples of docblocks', () => {
  it('are many', () => expect(examples.length).toBeGreaterThan(273))

  it('are as their types say', () => {
    const faults: string[] = []
    const known = examples.flatMap(example => {
      try {
        return [[example, sources(example)] as const]
      } catch (error) {
        faults.push(String(error))
        return []
      }
    })
    expect([...faults, ...typeErrors(known)]).toEqual([])
  })

  for (const example of examples.filter(isRun)) {
    it(`${example.place} gives what it promises`, async () => expect(await faultOf(example)).toBeUndefined())
  }

  it('are run unless a reason is given, and each reason is used', () => {
    for (const [path] of NOT_RUN)
      expect(
        examples.some(({ place }) => place.startsWith(path)),
        path,
      ).toBe(true)
    for (const path of RUN)
      expect(
        examples.some(({ place }) => place.startsWith(path)),
        path,
      ).toBe(true)
    expect(examples.filter(isRun).length).toBeGreaterThan(200)
  })
})

describe('an example that is wrong', () => {
  const example = (code: string): Example => examplesOf('base/extent.ts', `/** @example ${code} */`)[0]!

  it.each([
    ['maximum([2, 1, 3]) // 2', /promises 2, gives 3/],
    ['maximum([1 / 3]) // 0.334', /promises 0.334/],
    ['maximum([1 / 3]) // 0.332...', /promises/],
    ['maximum([1 / 3]) // 1/4', /promises 1\/4/],
    ["maximum([]) // RangeError: values must be 'a list'", /./],
    ['maximum([2]) // RangeError', /nothing was thrown/],
    ['maximum([2]) // the largest', /no value that could be compared/],
    ['maximum(2)', /throws/],
  ])('is noticed: %s', async (code, fault) => {
    expect(await faultOf(example(code))).toMatch(fault)
  })

  it('is noticed by its types, and by names that nothing exports', () => {
    const wrong = example("maximum('2')")
    expect(typeErrors([[wrong, sources(wrong)]])).toEqual([
      expect.stringMatching(/^base\/extent\.ts:1: Argument of type/),
    ])
    expect(() => sources(example('largestOf([2])'))).toThrow(/speaks of largestOf, which nothing exports/)
  })

  it.each([
    'maximum([1 / 3]) // 0.333',
    'maximum([1 / 3]) // 0.3333...',
    'maximum([1 / 3]) // 1 - 2/3 = 0.333',
    'maximum([Math.PI]) // pi',
    'maximum([2]) // 2: the largest',
  ])('is not one that is right: %s', async code => expect(await faultOf(example(code))).toBeUndefined())
})
