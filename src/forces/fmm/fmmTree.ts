/**
 * The octree of a fast multipole sum and its lists, made in a module's memory by the compiled functions.
 */
import type { Block } from '../../wasm/forces.js'
import type { FmmChoice } from './fmmChoice.js'
import { CELL_BYTES } from './fmmLayout.js'
import type { FmmPlan } from './fmmPlan.js'
import { rootSide } from './fmmSample.js'

/** Particles of a near-field task. */
const PARTICLES_A_TASK = 4096
const MOST_TASKS = 64
/** A leaf is split above this multiple of the aim: between the occupations of two levels, which differ 8 times. */
const SPLIT = 2.5
/** A cell of fewer particles than this times P^2 meets coarser leaves directly: expansions would cost more. */
const DIRECT = 3
/** Leaves are larger than the cut-off radius by this, so that rounding does not matter. */
const MARGIN = 1 + 1e-9

/** The particles of a sum in the module's memory. */
interface FmmParticles {
  readonly count: number
  /** Addresses of x, y, z; put into tree order by {@link plantTree}. */
  readonly axes: readonly [number, number, number]
  /** The caller's numbers of the particles in tree order. */
  readonly index: Block<Int32Array>
}

export interface FmmTree {
  readonly cells: number
  readonly leaves: number
  /** First cell of each level, and the number of cells behind the last. */
  readonly levels: Int32Array
  /** Levels below the root. */
  readonly depth: number
  /** Pairs of the near field, each counted once (within leaves twice). */
  readonly pairs: number
  readonly nearTasks: number
  readonly origin: readonly number[]
  readonly side: number
}

/**
 * Splits the root, finds who meets whom, and cuts the near field into tasks.
 * @throws RangeError if memory runs out
 */
export function plantTree(plan: FmmPlan, particles: FmmParticles, choice: FmmChoice, radius: number): FmmTree {
  const { arena } = plan.module
  const { count, axes, index } = particles
  const { low, extent } = choice.sample
  const side = Math.max(...extent) === 0 ? Math.max(1, radius) : rootSide(choice.sample, choice.leaf)
  // The middle of the particles at a third of the root, if they fit: a flat cloud then never lies near the faces of
  // cells, where expansions converge slowly, because 2^level / 3 is never near an integer.
  const origin = low.map((l, a) => l - Math.max(0, side / 3 - extent[a]! / 2))
  plan.setNumber('side', side)
  plan.setNumber('originX', origin[0]!)
  plan.setNumber('originY', origin[1]!)
  plan.setNumber('originZ', origin[2]!)

  // Work space of the tree, later the totals of the near field: three or four numbers a particle.
  const work = arena.f64(4 * count)
  const code = arena.u8(count)
  const levels = arena.i32(64)
  plan.set('totals', work.ptr)
  const capacity = Math.ceil(SPLIT * choice.leaf)
  const copies = [0, 1, 2, 3].map(a => work.ptr + 8 * a * count)
  // The compiled functions grow the memory behind the mark as they need, and say how much they used.
  const cells = plan.call(
    'fmmTree',
    ...[...axes, index.ptr, ...copies, code.ptr],
    ...[arena.mark(), levels.ptr, capacity, radius * MARGIN, choice.depth],
  )
  if (cells < 0) throw outOfMemory()
  arena.u8(cells * CELL_BYTES)
  const few = Math.max(capacity, DIRECT * choice.order * choice.order)
  const links = plan.call('fmmLists', arena.mark(), few)
  if (links < 0) throw outOfMemory()
  arena.i32(links)
  // There are at most as many leaves as cells.
  const leaves = plan.call('fmmLeaves', arena.i32(cells).ptr)
  const nearTasks = Math.max(1, Math.min(MOST_TASKS, Math.ceil(count / PARTICLES_A_TASK)))
  const pairs = cutNearField(plan, leaves, nearTasks)
  const depth = plan.get('levels') - 1
  return { cells, leaves, levels: levels.view, depth, pairs, nearTasks, origin, side }
}

/** Tasks of the near field, the partners of every leaf, and where totals of other tasks' leaves are kept. */
function cutNearField(plan: FmmPlan, leaves: number, tasks: number): number {
  const { arena } = plan.module
  const near = arena.i32(tasks + 1)
  const partnerStart = arena.i32(leaves + 1)
  const fineStart = arena.i32(leaves + 1)
  plan.set('haloTask', arena.i32(tasks + 1).ptr)
  plan.set('haloStart', arena.i32(leaves + 1).ptr)
  const free = arena.mark()
  const pairs = plan.call(
    'fmmPartition',
    tasks,
    near.ptr,
    partnerStart.ptr,
    arena.f64(leaves).ptr,
    arena.i32(leaves).ptr,
  )
  arena.release(free)
  plan.set('partners', arena.i32(4 * plan.get('partnerCount')).ptr)
  plan.set('halo', arena.u8(plan.get('haloBytes')).ptr)
  plan.set('haloEntries', arena.i32(plan.get('haloCount')).ptr)
  plan.call('fmmFine', fineStart.ptr, arena.i32(plan.call('fmmFine', fineStart.ptr, 0)).ptr)
  const behind = arena.mark()
  plan.call('fmmPartners', arena.i32(leaves).ptr, arena.i32(leaves).ptr, arena.i32(2 * plan.get('haloCount')).ptr)
  arena.release(behind)
  return pairs
}

function outOfMemory(): RangeError {
  return new RangeError('the octree does not fit in the WebAssembly memory')
}
