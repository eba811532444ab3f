/**
 * A K-th of an ensemble, for the array jobs of a batch system.
 */
import { quote } from '../../base/errors.js'
import type { Plan } from './plan.js'
import type { Cell } from './planCells.js'

/** Number k of K, counted from 1. */
export interface Shard {
  readonly k: number
  readonly K: number
}

/** @throws RangeError unless the text is k/K with 1 <= k <= K @example parseShard('2/8') // { k: 2, K: 8 } */
export function parseShard(text: string): Shard {
  const [, k, K] = /^([1-9]\d{0,6})\/([1-9]\d{0,6})$/.exec(text) ?? []
  if (k === undefined || Number(k) > Number(K)) {
    throw new RangeError(`shard must be k/K with whole numbers 1 <= k <= K, got ${quote(text)}`)
  }
  return { k: Number(k), K: Number(K) }
}

/**
 * Whether a replicate belongs to the shard: replicates are dealt out like cards; under a stopping rule whole grid
 * points are, as the rule needs all of a point's replicates.
 */
export function inShard({ k, K }: Shard, plan: Plan, cell: Cell, replica: number): boolean {
  const number = typeof plan.replicates === 'number' ? cell.index * plan.replicates + replica : cell.index
  return number % K === k - 1
}
