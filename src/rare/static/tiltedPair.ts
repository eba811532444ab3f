/**
 * One term h of the sum at a particle of known place, as tilting needs it: its values, and its law by quadrature.
 */

/** h = h(q - Q) for a Q of the law. */
export interface TiltedPair {
  /** Standard deviation of each coordinate of the law. */
  readonly sigmaQ: number
  /** h. @param u first component of q - Q @param square |q - Q|^2 */
  value(u: number, square: number): number
  /** Radius around q in which the other particle counts as near; outside h varies little. */
  readonly ball: number
  /** sup h in the ball, and outside. */
  readonly inside: number
  readonly outside: number
  /** Of theta: the inverse of what h varies by. */
  readonly scale: number
  /** sup of theta h, theta >= 0. */
  largest(theta: number): number
  /**
   * The law of h given q.
   * @param along q_1
   * @param across |(q_2, q_3)|
   * @param refinement multiplies the numbers of nodes
   */
  nodes(along: number, across: number, refinement: number): TiltedNodes
}

/** Values of h with their probabilities. */
export interface TiltedNodes {
  readonly h: Float64Array
  readonly weight: Float64Array
  readonly count: number
  /** The first so many are near. */
  readonly near: number
}
