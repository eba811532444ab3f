/**
 * The fast multipole method: forces of N particles in O(N) for kernels of d = 3 that are Coulomb's outside a cut-off.
 *
 * Particles of touching leaves of an adaptive octree act on each other directly, all others through expansions in solid
 * harmonics about the centres of cells. Leaves are not smaller than the cut-off radius, so that whatever acts through
 * expansions is further away than that, where the kernel is exactly Coulomb's. Laid out as a {@link ForceProgram}: tree
 * and lists are made here, on the preparing thread; all else is stages of independent tasks.
 *
 * @source H. Cheng, L. Greengard, V. Rokhlin, doi:10.1006/jcph.1999.6355 (adaptive lists); translations by rotation:
 * C. A. White, M. Head-Gordon, doi:10.1063/1.472369
 */
import type { Block, ForceModule } from '../../wasm/forces.js'
import type { ForceProgram, ForceRequest, ForceStage } from '../types.js'
import type { FmmChoice } from './fmmChoice.js'
import { placeKernel } from './fmmKernel.js'
import { type FmmPlan, newFmmPlan } from './fmmPlan.js'
import { gradientTerms, recurrenceTable, sequentialPlaces, translationTables } from './fmmTables.js'
import { type FmmTree, plantTree } from './fmmTree.js'

/** Cells of a far-field task; leaves of a P2M task; cells of an M2M or L2L task (as in the compiled code). */
const FAR_CHUNK = 128
const LEAVES_A_TASK = 32
const CELLS_A_TASK = 128

/** A program together with the shape of its tree. */
interface FmmProgram extends ForceProgram {
  readonly shape: FmmTree
}

/**
 * Lays out a fast multipole sum in a module's memory, at most 250 bytes a particle for many particles. Targets that are
 * not the sources join the tree with weight 0.
 * @throws RangeError if memory runs out, or the kernel cannot be tabulated inside its cut-off
 */
export function prepareFmm(module: ForceModule, request: ForceRequest, choice: FmmChoice): FmmProgram {
  const { spec, N, sources, targets, n, weights, force, potentialOut } = request
  const { arena } = module
  const plan = newFmmPlan(module)
  const count = targets === undefined ? N : N + n
  const axis = (a: number): number => {
    // Four numbers of padding: vector loads run over the end.
    const block = arena.f64(count + 4)
    block.view.set(sources.subarray(a * N, (a + 1) * N))
    if (targets !== undefined) block.view.set(targets.subarray(a * n, (a + 1) * n), N)
    return block.ptr
  }
  const axes = [axis(0), axis(1), axis(2)] as const
  const index = arena.i32(count)
  const out = arena.f64(3 * count)
  const outPotential = potentialOut === undefined ? undefined : arena.f64(count)
  plan.set('N', count)
  plan.set('x', axes[0])
  plan.set('y', axes[1])
  plan.set('z', axes[2])
  plan.set('index', index.ptr)
  plan.set('out', out.ptr)
  plan.set('outPotential', outPotential?.ptr ?? 0)

  const tree = plantTree(plan, { count, axes, index }, choice, spec.radius)
  // Weights in units of a power of two near the largest: single precision has a narrow range.
  const unit = weights === undefined ? request.weight : powerOfTwoNear(weights)
  if (weights !== undefined || targets !== undefined) placeWeights(plan, index, N, weights, unit)
  placeExpansions(plan, choice, tree.cells, outPotential !== undefined)
  placeKernel(plan, spec, choice, unit, outPotential !== undefined)

  const skip = targets === undefined ? 0 : N
  const collect = (): void => {
    for (let a = 0; a < 3; a++) force.set(out.view.subarray(a * count + skip, (a + 1) * count), a * (count - skip))
    potentialOut?.set(outPotential!.view.subarray(skip))
    if (spec.sigma !== 0) return
    force.fill(0)
    potentialOut?.fill(0)
  }
  const scratchBytes = module.exports.fmmScratchBytes!()
  return { stages: stagesOf(plan, tree), scratchBytes, collect, shape: tree }
}

function stagesOf(plan: FmmPlan, { cells, leaves, levels, depth, nearTasks }: FmmTree): ForceStage[] {
  const stages: ForceStage[] = []
  const stage = (run: string, tasks: number, ...args: number[]): void => {
    if (tasks > 0) stages.push({ run, tasks, args: [plan.ptr, ...args] })
  }
  const levelTasks = (level: number): number => Math.ceil((levels[level + 1]! - levels[level]!) / CELLS_A_TASK)
  const farCells = depth >= 2 ? cells - levels[2]! : 0
  const farTasks = Math.ceil(farCells / FAR_CHUNK)
  plan.set('farChunk', FAR_CHUNK)
  plan.set('farTasks', farTasks)
  if (farCells > 0) stage('fmmUp', Math.ceil(leaves / LEAVES_A_TASK))
  for (let level = depth - 1; level >= 2; level--) stage('fmmGather', levelTasks(level), level)
  stage('fmmInteract', nearTasks + farTasks)
  for (let level = 3; level <= depth; level++) stage('fmmSpread', levelTasks(level), level)
  stage('fmmFinish', nearTasks)
  return stages
}

/** Room for expansions, and the tables of their translations and derivatives. */
function placeExpansions(plan: FmmPlan, { order, expansions }: FmmChoice, cells: number, potential: boolean): void {
  const { arena } = plan.module
  const stride = Math.ceil((order * order * (expansions === 'f32' ? 4 : 8)) / 16) * 16
  plan.set('order', order)
  plan.set('single', expansions === 'f32' ? 1 : 0)
  plan.set('stride', stride)
  plan.set('multipoles', arena.u8(cells * stride).ptr)
  plan.set('locals', arena.u8(cells * stride).ptr)
  const tables = translationTables(order, expansions)
  plan.set('tables', plan.place(tables.data))
  plan.set('classes', plan.place(tables.classes))
  plan.set('rowsByOrder', plan.place(tables.rowsByOrder))
  plan.set('rowsByDegree', plan.place(tables.rowsByDegree))
  plan.set('rowsInPlace', plan.place(tables.rowsInPlace))
  plan.set('recurrence', plan.place(recurrenceTable()))
  plan.set('places', plan.place(sequentialPlaces(order)))
  // Forces need one degree less than potentials.
  const evaluation = potential ? order : order - 1
  plan.set('evaluationOrder', evaluation)
  plan.set('regular', plan.place(gradientTerms('regular', order, evaluation)))
  plan.set('irregular', plan.place(gradientTerms('irregular', order, order + 1)))
}

/** Weights in tree order. */
function placeWeights(
  plan: FmmPlan,
  index: Block<Int32Array>,
  N: number,
  weights: Float64Array | undefined,
  unit: number,
): void {
  const count = index.view.length
  const { ptr, view } = plan.module.arena.f64(count + 4)
  for (let k = 0; k < count; k++) {
    const i = index.view[k]!
    view[k] = i >= N ? 0 : weights === undefined ? 1 : weights[i]! / unit
  }
  plan.set('weights', ptr)
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
