// The stages of a fast multipole sum. Tasks of a stage may run in any order and on any thread; each writes only what is
// its own, in an order that its number fixes, so the result never depends on the number of threads.
import { scratch } from './memory'
import { LEAVES, NEAR_TASKS, int } from './fmmPlan'
import { finish, particlesToMultipole } from './fmmHarmonics'
import { nearField, NEAR_SCRATCH_ALL } from './fmmNear'
import {
  childrenToParents, chunkFrom, chunkTo, farFrom, farTo, farToLocals, parentsToChildren, TRANSLATE_SCRATCH,
} from './fmmTranslate'

export { fmmFine, fmmLeaves, fmmLists, fmmPartition, fmmPartners, fmmTree } from './fmmTree'

/** Bytes of scratch one instance needs. */
export function fmmScratchBytes(): i32 { return <i32>max(TRANSLATE_SCRATCH, NEAR_SCRATCH_ALL) }

/** P2M: 32 leaves a task. */
export function fmmUp(task: i32, plan: usize): void {
  const to = min(int(plan, LEAVES), (task + 1) << 5)
  for (let leaf = task << 5; leaf < to; leaf++) particlesToMultipole(plan, scratch, leaf)
}

/** M2M to the cells of a level: 128 cells a task. */
export function fmmGather(task: i32, plan: usize, level: i32): void {
  childrenToParents(plan, scratch, chunkFrom(plan, level, task), chunkTo(plan, level, task))
}

/** The near field (tasks 0 ... NEAR_TASKS-1), M2L and P2L (the rest). */
export function fmmInteract(task: i32, plan: usize): void {
  const far = task - int(plan, NEAR_TASKS)
  if (far < 0) nearField(plan, scratch, task)
  else farToLocals(plan, scratch, farFrom(plan, far), farTo(plan, far))
}

/** L2L to the cells of a level: 128 cells a task. */
export function fmmSpread(task: i32, plan: usize, level: i32): void {
  parentsToChildren(plan, scratch, chunkFrom(plan, level, task), chunkTo(plan, level, task))
}

/** L2P, M2P, and the sum of all parts into the caller's order: the leaves of one near-field task. */
export function fmmFinish(task: i32, plan: usize): void { finish(plan, scratch, task) }
