/** |x| for x in R^3, for densities: unlike euclideanNorm it overflows beyond 1e154, where every density is 0 anyway. */
export function lengthOf(x: ArrayLike<number>): number {
  return Math.sqrt(x[0]! * x[0]! + x[1]! * x[1]! + x[2]! * x[2]!)
}

/** |x| for x in R^2. */
export function lengthInPlane(x: ArrayLike<number>): number {
  return Math.sqrt(x[0]! * x[0]! + x[1]! * x[1]!)
}
