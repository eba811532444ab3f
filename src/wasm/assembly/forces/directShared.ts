// What the direct sums share: the block of parameters (f64 each) whose address every stage function takes, and the
// cutting of the self form into tasks.
import { setTables } from './profiles'

/** Particles in a tile. */
export const T: usize = 256

@inline export function at(p: usize, k: usize): usize { return <usize>f64.load(p + (k << 3)) }
@inline export function real(p: usize, k: usize): f64 { return f64.load(p + (k << 3)) }
export const KIND: usize = 0
export const CLAMP: usize = 1
export const COEFFICIENT: usize = 2
export const POWER_TABLE: usize = 3
export const RADIAL_TABLE: usize = 4
export const RADIAL_UNIT: usize = 5
export const RADIAL_FACTOR: usize = 6
export const SOURCES: usize = 7
export const STRIDE: usize = 8
export const COUNT: usize = 9
export const WEIGHTS: usize = 10
export const TARGETS: usize = 11
export const TARGET_STRIDE: usize = 12
export const TARGET_COUNT: usize = 13
export const OUT: usize = 14
export const TILES: usize = 15
export const ROWS: usize = 16
export const PRIVATE: usize = 17
export const PRIVATE_BYTES: usize = 18
export const TASKS: usize = 19
export const SELF: usize = 20
export const BOXES: usize = 21
export const ALPHA: usize = 22
export const RADIUS: usize = 23
export const TARGET_BOXES: usize = 24

export function useTables(p: usize): void {
  setTables(at(p, POWER_TABLE), at(p, RADIAL_TABLE), real(p, RADIAL_UNIT), real(p, RADIAL_FACTOR))
}

// Which tiles a task touches: rows I from..to, and for each the partners I, I+1, ..., I+half (mod tiles), so that every
// unordered pair of tiles comes once and every row has the same work. Its private totals cover that window.
@inline export function partners(I: usize, tiles: usize): usize {
  return tiles & 1 ? (tiles - 1) >> 1 : I < tiles >> 1 ? tiles >> 1 : (tiles >> 1) - 1
}
