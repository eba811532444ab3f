/**
 * Tables of the fast multipole method: what the compiled translations and expansions read. All entries are made of
 * products, quotients and square roots, so they have the same bits on every engine. See wasm/assembly/forces/fmm*.ts.
 */
import { rotationAboutY } from './fmmRotation.js'

/** Orders that the compiled loops have room for; the expansions of forces need one more. */
export const LARGEST_ORDER: number = 30
const ORDERS = 32
/** Displacement classes of M2L, M2M, L2L: 7^3 + 8 + 8. */
const M2L_CLASSES = 343
const CLASSES = M2L_CLASSES + 16

/** Tables of the translations of one order and precision. */
interface TranslationTables {
  /** Blocks of all matrices: f32 or f64. */
  readonly data: Float32Array | Float64Array
  /** For every class the byte offsets of: cos, sin of m phi; rotation; rotation back; shift. */
  readonly classes: Int32Array
  /** Byte offsets of rows in a panel, for results that come in order by degree / by order / by degree. */
  readonly rowsByOrder: Int32Array
  readonly rowsByDegree: Int32Array
  readonly rowsInPlace: Int32Array
}

const cache = new Map<string, TranslationTables>()

/** The translation tables; made once per order and precision. */
export function translationTables(order: number, precision: 'f32' | 'f64'): TranslationTables {
  const key = `${order} ${precision}`
  let tables = cache.get(key)
  if (tables === undefined) {
    tables = makeTranslationTables(order, precision)
    cache.set(key, tables)
  }
  return tables
}

function makeTranslationTables(order: number, precision: 'f32' | 'f64'): TranslationTables {
  const bytes = precision === 'f32' ? 4 : 8
  const entries: number[] = []
  const places = new Map<string, number>()
  const once = (key: string, make: () => void): number => {
    let place = places.get(key)
    if (place === undefined) {
      place = entries.length * bytes
      make()
      places.set(key, place)
    }
    return place
  }
  const classes = new Int32Array(4 * CLASSES)
  const add = (kind: number, [x, y, z]: Displacement, shift: Shift): void => {
    const rho = Math.sqrt(x * x + y * y)
    const length = Math.sqrt(x * x + y * y + z * z)
    const [c, s] = rho === 0 ? [1, 0] : [x / rho, y / rho]
    const direction = `${(x * x + y * y) / (length * length)} ${Math.sign(z)}`
    const rotation = (): Float64Array[] => rotationAboutY(order, z / length, rho / length)
    classes.set(
      [
        once(`phi ${c} ${s}`, () => pushAngles(entries, order, c, s)),
        once(`there ${direction}`, () => pushRotation(entries, rotation(), 'there')),
        once(`back ${direction}`, () => pushRotation(entries, rotation(), 'back')),
        once(`${shift.name} ${x * x + y * y + z * z}`, () => pushShift(entries, order, length, shift)),
      ],
      4 * kind,
    )
  }
  for (let kind = 0; kind < M2L_CLASSES; kind++) {
    // Index: source minus target. Displacement: from source to target.
    const v: Displacement = [3 - (kind % 7), 3 - (Math.floor(kind / 7) % 7), 3 - Math.floor(kind / 49)]
    if (Math.max(...v.map(Math.abs)) > 1) add(kind, v, M2L)
  }
  for (let octant = 0; octant < 8; octant++) {
    // From the parent to the child, in units of the parent's side.
    const v: Displacement = [octant & 1 ? 0.25 : -0.25, octant & 2 ? 0.25 : -0.25, octant & 4 ? 0.25 : -0.25]
    add(M2L_CLASSES + octant, v, M2M)
    add(M2L_CLASSES + 8 + octant, v, L2L)
  }
  const byOrder: number[] = []
  const byDegree: number[] = []
  for (let l = 0; l < order; l++) {
    for (let m = 0; m <= l; m++) byOrder.push(32 * placeByOrder(order, l, m, 'cos'))
    for (let m = 1; m <= l; m++) byOrder.push(32 * placeByOrder(order, l, m, 'sin'))
  }
  for (let m = 0; m < order; m++) {
    for (let l = m; l < order; l++) byDegree.push(32 * placeByDegree(l, m, 'cos'))
    if (m > 0) for (let l = m; l < order; l++) byDegree.push(32 * placeByDegree(l, m, 'sin'))
  }
  return {
    data: precision === 'f32' ? Float32Array.from(entries) : Float64Array.from(entries),
    classes,
    rowsByOrder: Int32Array.from(byOrder),
    rowsByDegree: Int32Array.from(byDegree),
    rowsInPlace: Int32Array.from({ length: order * order }, (_, k) => 32 * k),
  }
}

type Displacement = [number, number, number]
type Part = 'cos' | 'sin'

/** Where a coefficient of degree l and order m is stored: by degree, cosines before sines. */
export function placeByDegree(l: number, m: number, part: Part): number {
  return l * l + m + (part === 'sin' ? l : 0)
}

/** Where it is in a panel between the rotations: by order. */
function placeByOrder(order: number, l: number, m: number, part: Part): number {
  if (m === 0) return l
  const behind = order + (m - 1) * (2 * order - m)
  return behind + (part === 'sin' ? order - m : 0) + l - m
}

/** cos m phi, sin m phi for m = 0 ... order-1. */
function pushAngles(entries: number[], order: number, c: number, s: number): void {
  let [cos, sin] = [1, 0]
  for (let m = 0; m < order; m++) {
    entries.push(cos, sin)
    ;[cos, sin] = [cos * c - sin * s, sin * c + cos * s]
  }
}

/** Packs a square block as the compiled product reads it: groups of 4, 2, 1 rows, column after column. */
function pushBlock(entries: number[], n: number, entry: (row: number, column: number) => number): void {
  for (let row = 0; row < n; ) {
    const group = n - row >= 4 ? 4 : n - row >= 2 ? 2 : 1
    for (let column = 0; column < n; column++) for (let r = row; r < row + group; r++) entries.push(entry(r, column))
    row += group
  }
}

function pushRotation(entries: number[], matrices: Float64Array[], sense: 'there' | 'back'): void {
  matrices.forEach((matrix, l) => {
    const at = (m: number, n: number): number =>
      matrix[sense === 'there' ? (m + l) * (2 * l + 1) + n + l : (n + l) * (2 * l + 1) + m + l]!
    pushBlock(entries, l + 1, at)
    if (l > 0) pushBlock(entries, l, (row, column) => at(-row - 1, -column - 1))
  })
}

/** A translation along +z by `distance`: coefficient of degree `to` from that of degree `from`, order m. */
interface Shift {
  readonly name: string
  factor(to: number, from: number, m: number, distance: number): number
}

const factorials = Float64Array.from({ length: 2 * ORDERS + 2 }, () => 1)
for (let k = 1; k < factorials.length; k++) factorials[k] = k * factorials[k - 1]!
const factorial = (k: number): number => factorials[k]!

function power(x: number, k: number): number {
  let y = 1
  for (let i = 0; i < k; i++) y *= x
  return y
}

/** sqrt((l-m)! (l+m)!) */
const norm = (l: number, m: number): number => Math.sqrt(factorial(l - m)) * Math.sqrt(factorial(l + m))

const M2L: Shift = {
  name: 'M2L',
  factor: (l, n, m, d) =>
    ((l + m) % 2 === 0 ? 1 : -1) * (factorial(n + l) / norm(n, m) / norm(l, m) / power(d, n + l + 1)),
}

// A child's coefficients are in units of half the parent's side: factors 2^-l.
const M2M: Shift = {
  name: 'M2M',
  factor: (n, l, m, d) =>
    n < l ? 0 : (power(d, n - l) / factorial(n - l)) * (norm(n, m) / norm(l, m)) * power(0.5, l),
}

const L2L: Shift = {
  name: 'L2L',
  factor: (l, n, m, d) =>
    n < l ? 0 : (power(d, n - l) / factorial(n - l)) * (norm(n, m) / norm(l, m)) * power(0.5, l + 1),
}

function pushShift(entries: number[], order: number, distance: number, shift: Shift): void {
  for (let m = 0; m < order; m++) {
    pushBlock(entries, order - m, (row, column) => shift.factor(m + row, m + column, m, distance))
  }
}

/**
 * Coefficients of the recurrences of the harmonics, alpha and beta for [m][l]: sectoral
 * R_mm = alpha (x +- y) R_(m-1)(m-1), and R_lm = alpha z R_(l-1)m - beta r^2 R_(l-2)m.
 */
export function recurrenceTable(): Float64Array {
  const table = new Float64Array(2 * ORDERS * ORDERS)
  for (let m = 0; m < ORDERS; m++) {
    table[2 * (m * ORDERS + m)] = m < 2 ? 1 : Math.sqrt((2 * m - 1) / (2 * m))
    for (let l = m + 1; l < ORDERS; l++) {
      const root = Math.sqrt(l * l - m * m)
      table[2 * (m * ORDERS + l)] = (2 * l - 1) / root
      table[2 * (m * ORDERS + l) + 1] = Math.sqrt((l - 1) * (l - 1) - m * m) / root
    }
  }
  return table
}

/** For every harmonic in the order of the recurrence the place of its coefficient. */
export function sequentialPlaces(order: number): Int32Array {
  return Int32Array.from(sequential(order), ([l, m, part]) => placeByDegree(l, m, part))
}

function sequential(order: number): [number, number, Part][] {
  const list: [number, number, Part][] = []
  for (let m = 0; m < order; m++) {
    for (let l = m; l < order; l++) {
      list.push([l, m, 'cos'])
      if (m > 0) list.push([l, m, 'sin'])
    }
  }
  return list
}

/** How derivatives act on a family of harmonics: on R_lm, to degree l-1, or on I_lm, to degree l+1. */
interface Family {
  readonly step: -1 | 1
  /** Factor of order m-1, without that of m = 0 or 1. */
  lower(l: number, m: number): number
  /** Factor of order m+1. */
  raise(l: number, m: number): number
  /** Factor in the derivative along z. */
  along(l: number, m: number): number
}

const REGULAR: Family = {
  step: -1,
  lower: (l, m) => Math.sqrt((l + m) * (l + m - 1)),
  raise: (l, m) => Math.sqrt((l - m) * (l - m - 1)),
  along: (l, m) => Math.sqrt(l * l - m * m),
}

const IRREGULAR: Family = {
  step: 1,
  lower: (l, m) => Math.sqrt((l - m + 2) * (l - m + 1)),
  raise: (l, m) => Math.sqrt((l + m + 2) * (l + m + 1)),
  along: (l, m) => -Math.sqrt((l + 1) * (l + 1) - m * m),
}

/**
 * The field -grad sum_lm c_lm R_lm and the potential as sums over harmonics of order `to`: for every harmonic in the
 * order of the recurrence six terms (place of a coefficient as i32, 4 bytes, factor as f64): two of the x component,
 * two of y, one of z, one of the potential.
 * @param from order of the coefficients
 */
export function gradientTerms(family: 'regular' | 'irregular', from: number, to: number): Uint8Array {
  const { step, lower, raise, along } = family === 'regular' ? REGULAR : IRREGULAR
  const list = sequential(to)
  const buffer = new ArrayBuffer(96 * list.length)
  const places = new Int32Array(buffer)
  const factors = new Float64Array(buffer)
  list.forEach(([degree, m, part], k) => {
    const l = degree - step
    const term = (slot: number, d: number, order: number, p: Part, factor: number): void => {
      if (d < 0 || d >= from || order < 0 || order > d || (p === 'sin' && order === 0)) return
      places[4 * (6 * k + slot)] = placeByDegree(d, order, p)
      factors[2 * (6 * k + slot) + 1] = factor
    }
    const other: Part = part === 'cos' ? 'sin' : 'cos'
    const sign = part === 'cos' ? 1 : -1
    // From order m+1 down to m: the derivative's lower term; sqrt 2 where it ends at m = 0.
    if (l >= 0) {
      const down = 0.5 * (m === 0 ? Math.SQRT2 : 1) * lower(l, m + 1)
      term(0, l, m + 1, part, -down)
      term(2, l, m + 1, other, -sign * down)
      if (m > 0) {
        const up = (m === 1 ? Math.SQRT1_2 : 0.5) * raise(l, m - 1)
        term(1, l, m - 1, part, up)
        term(3, l, m - 1, other, -sign * up)
      }
      term(4, l, m, part, -along(l, m))
    }
    term(5, degree, m, part, 1)
  })
  return new Uint8Array(buffer)
}
