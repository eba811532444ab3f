/**
 * `mfl rare PLAN`: the tail of Theorem 4.2's event by rare-event sampling, resumed after any end from a file that is
 * whole or absent.
 */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { quote } from '../base/errors.js'
import { interruptible } from '../base/interrupt.js'
import { readTailFile, type TailFile, writeTailFile } from '../ensemble/store/tailFile.js'
import { canonicalHash, type Json } from '../files/canonicalJson.js'
import { provenance } from '../files/provenance.js'
import { plainText } from '../present/plainText.js'
import { tableBundle } from '../present/table.js'
import { runTail, type TailCheckpoint } from '../rare/runTail.js'
import { tailCurve } from '../rare/tailCurve.js'
import { parseTailPlan, type TailPlan, tailCells, tailPlanJsonSchema } from '../rare/tailPlan.js'
import { readJson } from './readJson.js'
import { type Report, UsageError } from './report.js'
import { requirePath } from './requirePath.js'
import { terminalProgress } from './terminalProgress.js'

interface RareCommandOptions {
  /** Where the result is kept, and until then how far it is. Default: a file named as the plan, in {@link FOLDER}. */
  readonly out?: string
  /** Asks for the JSON Schema of plans instead. */
  readonly schema?: boolean
}

const FOLDER = 'rare-out'

/** Milliseconds between two writings after levels; after runs it is written always. */
const INTERVAL = 20_000

/** @throws UsageError for a plan or a file that won't do; an interrupt, after which the same command continues */
export async function rareCommand(planFile: string | undefined, options: RareCommandOptions): Promise<Report> {
  if (options.schema === true) {
    const schema = tailPlanJsonSchema()
    return { data: schema, text: JSON.stringify(schema, null, 2) }
  }
  if (planFile === undefined) throw new UsageError('the plan must be named, or --schema given')
  const plan = planFrom(requirePath('the plan', planFile))
  const out = requirePath('--out', options.out ?? join(FOLDER, basename(planFile)))
  const found = existsSync(out) ? fileFrom(out, plan) : undefined
  const shown = terminalProgress('rare events', 1000)
  const made = found?.provenance ?? ({ ...provenance() } as Record<string, string>)
  const write = (checkpoint: TailCheckpoint): void => writeTailFile(out, { plan, provenance: made, ...checkpoint })
  let last = performance.now()
  const records = await interruptible(signal =>
    runTail(plan, {
      signal,
      bar: 'hide',
      ...(found === undefined ? {} : { checkpoint: found }),
      onProgress: ({ fraction }) => shown.update(Math.round(1000 * fraction)),
      onCheckpoint: (save, after) => {
        if (after === 'level' && performance.now() - last < INTERVAL) return
        write(save())
        last = performance.now()
      },
    }),
  ).finally(() => shown.finish())
  write({ records })
  const curve = tailCurve(plan, records)
  return { data: { plan, ...curve, out }, text: text(plan, curve, out) }
}

/** @throws UsageError for a file that is none of this plan */
function fileFrom(path: string, plan: TailPlan): TailFile {
  let content: TailFile
  try {
    content = readTailFile(path)
  } catch (error) {
    throw new UsageError(`${(error as Error).message}: give --out another name`)
  }
  const asked = (of: TailPlan): string =>
    canonicalHash({ ...parseTailPlan(of), name: '', description: '' } as unknown as Json)
  if (asked(content.plan) !== asked(plan)) {
    throw new UsageError(`${quote(path)} is of another plan, ${quote(content.plan.name)}: give --out another name`)
  }
  return content
}

function planFrom(path: string): TailPlan {
  try {
    return parseTailPlan(readJson(path))
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`)
  }
}

function text(plan: TailPlan, { points, exponents, rechecks }: ReturnType<typeof tailCurve>, out: string): string {
  const short = (x: number): string => x.toExponential(2).replace('e+0', '').replace('e0', '')
  const sorted = [...points].sort((a, b) => a.delta - b.delta || a.factor - b.factor || a.N - b.N)
  const rows = sorted.map(({ N, delta, factor, threshold, value, estimate, refused, ancestors }) => ({
    '$\\delta$': delta,
    c: factor,
    N,
    '$cN^{-\\delta}$': Number(threshold.toPrecision(3)),
    P: short(value),
    interval: estimate === undefined ? refused.join('; ') : `[${short(estimate.low)}, ${short(estimate.high)}]`,
    ancestors: Math.round(ancestors),
    exponent: exponentText(exponents.find(e => e.delta === delta && e.factor === factor && e.to === N)),
  }))

  return [
    `${plan.name}: ${plainText(`$P(\\sup ${plan.event === 'Delta' ? '\\Delta' : '|\\Psi-\\Phi|_\\infty'}\\ge cN^{-\\delta})$`)}, law ${plan.law}, σ = ${plan.sigma}, T = ${plan.T}, ${tailCells(plan).length} cells`,
    '',
    tableBundle(rows)['text/plain'],
    '',
    `intervals at 95 %; exponent: ${plainText('$-d\\log P/d\\log N$')} from the N above; where there is no interval, the reason stands in its place`,
    ...rechecks.filter(({ states }) => states > 0).map(recheckText),
    `written: ${out}`,
  ].join('\n')
}

const exponentText = (found: ReturnType<typeof tailCurve>['exponents'][number] | undefined): string =>
  found === undefined
    ? ''
    : `${found.exponent.value.toFixed(2)} [${found.exponent.low.toFixed(2)}, ${found.exponent.high.toFixed(2)}]`

const recheckText = ({ N, delta, states, rms, shift }: ReturnType<typeof tailCurve>['rechecks'][number]): string => {
  const change = `N = ${N}, δ = ${delta}: half the step in double precision changes S of ${states} states at the top by ${(100 * rms).toFixed(3)} % rms`
  return Number.isNaN(shift) ? change : `${change}, P by ${(100 * Math.expm1(shift)).toFixed(2)} %`
}
