/**
 * The fast multipole method: forces of N particles in O(N) for kernels of d = 3 that are Coulomb's outside a cut-off.
 *
 * Laid out as a {@link ForceProgram}: the octree and its lists are made here, on the preparing thread; all else is
 * stages of independent tasks.
 */
import type { ForceModule } from '../wasm/forces.js'
import type { FmmChoice } from './fmmChoice.js'
import { CELL_BYTES, HEADER, HEADER_BYTES, HEADER_NUMBERS } from './fmmLayout.js'
import { rootSide } from './fmmSample.js'
import { gradientTerms, recurrenceTable, sequentialPlaces, translationTables } from './fmmTables.js'
import { radialTable, smoothFactor } from './functionTables.js'
import type { ForceKernelSpec, ForceProgram, ForceRequest, ForceStage } from './types.js'

/** Particles of a near-field task. */
const PARTICLES_A_TASK = 4096
const MOST_TASKS = 64
/** Cells of a far-field task; leaves of a P2M task; cells of an M2M or L2L task (as in the compiled code). */
const FAR_CHUNK = 128
const LEAVES_A_TASK = 32
const CELLS_A_TASK = 128
const PAIRS = { f32: 0, split: 1, f64: 2 } as const

/** What the tree of a sum is like, for reports. */
export interface FmmShape {
  readonly cells: number
  readonly leaves: number
  /** Levels below the root. */
  readonly depth: number
  /** Pairs of the near field, each counted once (within leaves twice). */
  readonly pairs: number
  /** Lower corner and side of the root cell. */
  readonly origin: readonly number[]
  readonly side: number
}

/** A program together with the shape of its tree. */
export interface FmmProgram extends ForceProgram {
  readonly shape: FmmShape
}

/**
 * Lays out a fast multipole sum in a module's memory.
 * @throws RangeError if memory runs out
 */
export function prepareFmm(module: ForceModule, request: ForceRequest, choice: FmmChoice): FmmProgram {
  const { arena, exports, memory } = module
  const { spec, weights, targets, n } = request
  // Targets that are not the sources join the tree with weight 0.
  const total = targets === undefined ? request.N : request.N + n
  const weighted = weights !== undefined || targets !== undefined
  const potential = request.potentialOut !== undefined

  const plan = arena.u8(HEADER_BYTES).ptr
  const header = new DataView(memory.buffer, plan, HEADER_BYTES)
  const set = (field: keyof typeof HEADER, value: number): void => header.setInt32(HEADER[field], value, true)
  const get = (field: keyof typeof HEADER): number => header.getInt32(HEADER[field], true)
  const setNumber = (field: keyof typeof HEADER_NUMBERS, value: number): void =>
    header.setFloat64(HEADER_NUMBERS[field], value, true)
  const call = (name: string, ...args: number[]): number => exports[name]!(...args)
  new Uint8Array(memory.buffer, plan, HEADER_BYTES).fill(0)

  // Four numbers of padding: vector loads run over the end.
  const axes = [0, 1, 2].map(a => {
    const block = arena.f64(total + 4)
    block.view.set(request.sources.subarray(a * request.N, (a + 1) * request.N))
    if (targets !== undefined) block.view.set(targets.subarray(a * n, (a + 1) * n), request.N)
    return block
  })
  const [x, y, z] = axes.map(axis => axis.ptr) as [number, number, number]
  const index = arena.i32(total)
  const out = arena.f64(3 * total)
  const outPotential = potential ? arena.f64(total) : undefined
  set('N', total)
  set('x', x)
  set('y', y)
  set('z', z)
  set('index', index.ptr)
  set('out', out.ptr)
  set('outPotential', outPotential?.ptr ?? 0)

  const { low, extent } = choice.sample
  const widest = Math.max(...extent)
  const side = widest === 0 ? Math.max(1, spec.radius) : rootSide(choice.sample, choice.leaf)
  setNumber('side', side)
  // The middle of the particles at a third of the root, if they fit: a flat cloud then never lies near the faces of
  // cells, where expansions converge slowly, because 2^level / 3 is never near an integer.
  const origin = low.map((l, a) => l - Math.max(0, side / 3 - extent[a]! / 2))
  setNumber('originX', origin[0]!)
  setNumber('originY', origin[1]!)
  setNumber('originZ', origin[2]!)

  // Work space of the tree, later the totals of the near field.
  const components = potential ? 4 : 3
  const work = arena.f64(Math.max(4, components) * total)
  const code = arena.u8(total)
  const capacity = Math.ceil(2.5 * choice.leaf)
  const levels = arena.i32(64)
  const cells = call(
    'fmmTree',
    plan,
    x,
    y,
    z,
    index.ptr,
    work.ptr,
    work.ptr + 8 * total,
    work.ptr + 16 * total,
    work.ptr + 24 * total,
    code.ptr,
    arena.mark(),
    levels.ptr,
    capacity,
    spec.radius * (1 + 1e-9),
    choice.depth,
  )
  if (cells < 0) throw outOfMemory()
  arena.u8(cells * CELL_BYTES)
  const few = Math.max(capacity, 3 * choice.order ** 2)
  const links = call('fmmLists', plan, arena.mark(), few)
  if (links < 0) throw outOfMemory()
  arena.i32(links)
  // There are at most as many leaves as cells.
  const leafTable = arena.i32(cells)
  const leaves = call('fmmLeaves', plan, leafTable.ptr)
  set('totals', work.ptr)

  const nearTasks = Math.max(1, Math.min(MOST_TASKS, Math.ceil(total / PARTICLES_A_TASK)))
  const near = arena.i32(nearTasks + 1)
  const partnerStart = arena.i32(leaves + 1)
  const haloTask = arena.i32(nearTasks + 1)
  const haloStart = arena.i32(leaves + 1)
  const fineStart = arena.i32(leaves + 1)
  const mark = arena.mark()
  const marks = arena.i32(leaves)
  const pairs = call('fmmPartition', plan, nearTasks, near.ptr, partnerStart.ptr, arena.f64(leaves).ptr, marks.ptr)
  arena.release(mark)
  set('partners', arena.i32(4 * get('partnerCount')).ptr)
  set('halo', arena.u8(get('haloBytes')).ptr)
  set('haloTask', haloTask.ptr)
  set('haloStart', haloStart.ptr)
  set('haloEntries', arena.i32(get('haloCount')).ptr)
  const fine = arena.i32(call('fmmFine', plan, fineStart.ptr, 0))
  call('fmmFine', plan, fineStart.ptr, fine.ptr || 1)
  const mark2 = arena.mark()
  call('fmmPartners', plan, arena.i32(leaves).ptr, arena.i32(leaves).ptr, arena.i32(2 * get('haloCount')).ptr)
  arena.release(mark2)

  // Weights in units of a power of two near the largest: single precision has a narrow range.
  let unit = request.weight
  if (weighted) {
    unit = weights === undefined ? request.weight : powerOfTwoNear(weights)
    const block = arena.f64(total + 4)
    for (let k = 0; k < total; k++) {
      const i = index.view[k]!
      block.view[k] = i >= request.N ? 0 : weights === undefined ? 1 : weights[i]! / unit
    }
    set('weights', block.ptr)
  }

  const { order } = choice
  const single = choice.expansions === 'f32'
  const stride = Math.ceil((order * order * (single ? 4 : 8)) / 16) * 16
  set('order', order)
  set('single', single ? 1 : 0)
  set('stride', stride)
  set('multipoles', arena.u8(cells * stride).ptr)
  set('locals', arena.u8(cells * stride).ptr)
  placeTables()
  function placeTables(): void {
    const bytes = (data: Uint8Array): number => {
      const block = arena.u8(data.length)
      block.view.set(data)
      return block.ptr
    }
    const raw = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
      new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
    const tables = translationTables(order, choice.expansions)
    set('tables', bytes(raw(tables.data)))
    set('classes', bytes(raw(tables.classes)))
    set('rowsByOrder', bytes(raw(tables.rowsByOrder)))
    set('rowsByDegree', bytes(raw(tables.rowsByDegree)))
    set('rowsInPlace', bytes(raw(tables.rowsInPlace)))
    set('recurrence', bytes(raw(recurrenceTable())))
    set('places', bytes(raw(sequentialPlaces(order))))
    const evaluation = potential ? order : Math.max(1, order - 1)
    set('evaluationOrder', evaluation)
    set('regular', bytes(gradientTerms('regular', order, evaluation)))
    set('irregular', bytes(gradientTerms('irregular', order, order + 1)))
  }

  placeKernel()
  function placeKernel(): void {
    const profile = spec.profile === 'truncated' || spec.radius === 0 ? 0 : spec.profile === 'cubicSpline' ? 1 : 2
    const precise = profile === 2 ? 'f64' : choice.pairs
    set('pairs', PAIRS[precise])
    set('profile', profile)
    setNumber('radius', spec.radius)
    setNumber('close', choice.close)
    setNumber('scale', spec.sigma * unit)
    if (profile !== 2) return
    set('forceTable', tabulated(innerForce(spec)))
    if (potential) set('potentialTable', tabulated(innerPotential(spec)))
  }
  function tabulated(f: (u: number) => number): number {
    const table = radialTable(f, 2 ** -40, 1, 1e-9)
    if (table === undefined)
      throw new RangeError(`kernel '${spec.kernel.name}' is not smooth enough inside its cut-off`)
    const block = arena.f64(table.data.length)
    block.view.set(table.data)
    return block.ptr
  }

  const depth = get('levels') - 1
  const levelCells = (level: number): number => levels.view[level + 1]! - levels.view[level]!
  const stages: ForceStage[] = []
  const stage = (run: string, tasks: number, ...args: number[]): void => {
    if (tasks > 0) stages.push({ run, tasks, args: [plan, ...args] })
  }
  const farCells = depth >= 2 ? cells - levels.view[2]! : 0
  const farTasks = Math.ceil(farCells / FAR_CHUNK)
  set('farChunk', FAR_CHUNK)
  set('farTasks', farTasks)
  if (farCells > 0) stage('fmmUp', Math.ceil(leaves / LEAVES_A_TASK))
  for (let level = depth - 1; level >= 2; level--)
    stage('fmmGather', Math.ceil(levelCells(level) / CELLS_A_TASK), level)
  stage('fmmInteract', nearTasks + farTasks)
  for (let level = 3; level <= depth; level++) stage('fmmSpread', Math.ceil(levelCells(level) / CELLS_A_TASK), level)
  stage('fmmFinish', nearTasks)

  const count = targets === undefined ? request.N : n
  const skip = total - count
  const collect = (): void => {
    for (let a = 0; a < 3; a++) {
      request.force.set(out.view.subarray(a * total + skip, (a + 1) * total), a * count)
    }
    if (request.potentialOut !== undefined) request.potentialOut.set(outPotential!.view.subarray(skip, total))
  }
  return {
    stages,
    scratchBytes: call('fmmScratchBytes'),
    collect,
    shape: { cells, leaves, depth, pairs, origin, side },
  }
}

function outOfMemory(): RangeError {
  return new RangeError('the octree does not fit in the WebAssembly memory')
}

/** A power of two within a factor of 2 of the largest |w|; 1 if all vanish. */
function powerOfTwoNear(weights: Float64Array): number {
  let largest = 0
  for (const w of weights) largest = Math.max(largest, Math.abs(w))
  if (largest === 0) return 1
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, largest)
  bits.setUint32(0, bits.getUint32(0) & 0x7ff00000)
  bits.setUint32(4, 0)
  return bits.getFloat64(0) || Number.MIN_VALUE
}

/** r_c^3 phi inside the cut-off as a function of u = (r/r_c)^2, without the sign; k(q) = sigma phi(|q|) q. */
function innerForce({ profile, kernel, radius }: ForceKernelSpec): (u: number) => number {
  if (profile === 'smooth') return smoothFactor(2)
  return u => (u === 0 ? 0 : (radius * radius * kernel.magnitude(radius * Math.sqrt(u))) / Math.sqrt(u))
}

/** r_c V inside the cut-off as a function of u = (r/r_c)^2, for sigma = 1. */
function innerPotential({ kernel, radius, sigma }: ForceKernelSpec): (u: number) => number {
  return u => (sigma === 0 ? 0 : (radius * kernel.potential(radius * Math.sqrt(u))) / sigma)
}
