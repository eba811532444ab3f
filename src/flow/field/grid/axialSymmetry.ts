/**
 * What the 3-D mean field makes of a law that is axially symmetric: of every marker sixteen, without moving more of
 * them, by averaging deposited masses over the symmetries that the grid shares with the law.
 */
import type { Configuration } from '../../../base/configuration.js'
import type { Law } from '../../../law/law.js'
import type { GridShape } from '../../../wasm/grid.js'
import type { Symmetrise } from './gridFieldRun.js'

/** Markers at which a law's symmetry is looked at. */
const LOOKED_AT = 64

/**
 * How deposited masses are averaged for a law; undefined for one that declares no symmetry.
 * @throws RangeError if f0 does not have the symmetry that the law declares, at some of the markers
 */
export function symmetryOf(law: Law, { N, q, p }: Configuration): Symmetrise | undefined {
  if (law.symmetry === undefined) return undefined
  const at = (x: Float64Array, i: number): number[] => [x[i]!, x[N + i]!, x[2 * N + i]!]
  // 3-4-5: a turn that is no symmetry of a grid.
  const turned = ([x, y, z]: readonly number[]): number[] => [0.6 * x! - 0.8 * y!, 0.8 * x! + 0.6 * y!, z!]
  const mirrored = ([x, y, z]: readonly number[]): number[] => [x!, -y!, z!]
  const below = ([x, y, z]: readonly number[]): number[] => [x!, y!, -z!]
  for (let i = 0; i < Math.min(N, LOOKED_AT); i++) {
    const [here, speed] = [at(q, i), at(p, i)]
    for (const image of [turned, mirrored, below]) {
      const [value, other] = [law.density(here, speed), law.density(image(here), image(speed))]
      if (Math.abs(value - other) <= 1e-9 * law.densitySup) continue
      throw new RangeError(
        `law.symmetry must be undefined unless f0 has it, got '${law.symmetry}' and f0 = ${value} at (${here}; ${speed}), ` +
          `but ${other} at (${image(here)}; ${image(speed)})`,
      )
    }
  }
  return symmetriseMasses
}

/**
 * The box of the given ends (low0, high0, low1, ...), made symmetric about 0 and of equal sides across the third axis.
 */
export function symmetricEnds(ends: Float64Array): Float64Array {
  const reach = (from: number, to: number): number => ends.slice(from, to).reduce((r, x) => Math.max(r, Math.abs(x)), 0)
  const [across, along] = [reach(0, 4), reach(4, 6)]
  return Float64Array.of(-across, across, -across, across, -along, along)
}

/**
 * Averages masses on a grid about 0 over the sixteen symmetries of a square prism: reflections in the three planes of
 * coordinates, and in q_1 = q_2. In place.
 * @param masses length n0*n1*n2 with n0 = n1, last index fastest
 */
export function symmetriseMasses(masses: Float64Array, { shape: [n, , depth] }: Pick<GridShape, 'shape'>): void {
  const row = n * depth
  const average = (i: number, j: number): void => {
    const mean = 0.5 * (masses[i]! + masses[j]!)
    masses[i] = mean
    masses[j] = mean
  }
  for (let a = 0; a < n * n; a++) {
    for (let c = 0; c < depth / 2; c++) average(a * depth + c, (a + 1) * depth - 1 - c)
  }
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n / 2; b++) {
      const [low, high] = [a * row + b * depth, a * row + (n - 1 - b) * depth]
      for (let c = 0; c < depth; c++) average(low + c, high + c)
    }
  }
  for (let a = 0; a < n / 2; a++) {
    for (let k = 0; k < row; k++) average(a * row + k, (n - 1 - a) * row + k)
  }
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) {
      for (let c = 0; c < depth; c++) average(a * row + b * depth + c, b * row + a * depth + c)
    }
  }
}
