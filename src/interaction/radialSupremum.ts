/**
 * The supremum of a function of the radius: a grid in r and in log r on every piece, refined by golden sections.
 */

/** Where the largest value was found. */
interface RadialSupremum {
  /** The largest value found; Infinity if the function grows without bound towards 0. */
  readonly value: number
  readonly at: number
}

const GOLDEN = (Math.sqrt(5) - 1) / 2
const LINEAR = 400
const LOGARITHMIC = 320

/**
 * The supremum of f over (low, high), with one-sided limits taken at the ends and at the breaks.
 * The grid has 400 points linear and 320 points logarithmic (over 16 decades) in each piece, and the three best cells
 * are refined to the last bits of r: a feature narrower than that is missed. Growth towards 0 is taken for unbounded
 * if f(1e-60 scale) > 1.5 f(1e-30 scale) and both exceed the grid's largest value.
 * @param low >= 0
 * @param high finite, > low
 * @param breaks where f may jump
 * @example radialSupremum(r => r * Math.exp(-r), 0, 10, []).at // 1
 */
export function radialSupremum(
  f: (r: number) => number,
  low: number,
  high: number,
  breaks: readonly number[],
): RadialSupremum {
  const edges = [low, ...breaks.filter(r => r > low && r < high).sort((x, y) => x - y), high]
  let best: RadialSupremum = { value: Number.NEGATIVE_INFINITY, at: low }
  const consider = (value: number, at: number): void => {
    if (value > best.value) best = { value, at }
  }
  for (let piece = 0; piece + 1 < edges.length; piece++) {
    const points = grid(edges[piece]!, edges[piece + 1]!)
    const values = points.map(f)
    const peaks = values
      .map((value, i) => ({ value, i }))
      .filter(({ value, i }) => value >= (values[i - 1] ?? -Infinity) && value >= (values[i + 1] ?? -Infinity))
      .sort((u, v) => v.value - u.value)
      .slice(0, 3)
    for (const { value, i } of peaks) {
      consider(value, points[i]!)
      const refined = golden(f, points[Math.max(0, i - 1)]!, points[Math.min(points.length - 1, i + 1)]!)
      consider(refined.value, refined.at)
    }
  }
  if (low === 0) {
    const scale = edges[1]!
    const near = f(1e-60 * scale)
    if (near > 0 && near > best.value && near > 1.5 * f(1e-30 * scale))
      return { value: Number.POSITIVE_INFINITY, at: 0 }
  }
  return best
}

/** Points of the open interval (a, b): linear, logarithmic and the last doubles before the ends. */
function grid(a: number, b: number): number[] {
  const width = b - a
  const points = new Set<number>([
    a + width * Number.EPSILON,
    // Where the piece is narrower than its left end is far from 0, the point above rounds to a.
    a + 2 * a * Number.EPSILON,
    b - width * Number.EPSILON,
    b - b * Number.EPSILON,
  ])
  for (let i = 1; i < LINEAR; i++) points.add(a + (width * i) / LINEAR)
  const floor = Math.max(a, 1e-16 * b)
  for (let i = 1; i < LOGARITHMIC; i++) points.add(floor * (b / floor) ** (i / LOGARITHMIC))
  return [...points].filter(r => r > a && r < b).sort((x, y) => x - y)
}

/** Golden-section search for a maximum of f on [a, b], to the last bits. */
function golden(f: (r: number) => number, a: number, b: number): RadialSupremum {
  let left = a
  let right = b
  let x1 = right - GOLDEN * (right - left)
  let x2 = left + GOLDEN * (right - left)
  let f1 = f(x1)
  let f2 = f(x2)
  for (let step = 0; step < 90 && right - left > 2 * Number.EPSILON * right; step++) {
    if (f1 >= f2) {
      right = x2
      x2 = x1
      f2 = f1
      x1 = right - GOLDEN * (right - left)
      f1 = f(x1)
    } else {
      left = x1
      x1 = x2
      f1 = f2
      x2 = left + GOLDEN * (right - left)
      f2 = f(x2)
    }
  }
  return f1 >= f2 ? { value: f1, at: x1 } : { value: f2, at: x2 }
}
