// State of one assignment problem: n rows (points of X), n columns (points of Y), column prices, a partial matching,
// and for every row a short list of columns. One instance of the module solves one problem; memory is O(n).

/** Columns in a leaf: eight vectors of four. */
export const LEAF: i32 = 32
/** Columns in a group of eight leaves, which share a centre for single-precision coordinates. */
export const GROUP: i32 = 256

export let n: i32 = 0
export let d: i32 = 0
/** Length of a row's list. */
export let K: i32 = 0
export let power: f64 = 1
/** 1, 2, 3: the exponent; 0: any other. */
export let kind: i32 = 1
export let groups: i32 = 0

/** f64, point by point: coordinate a of point i at 8 * (i * d + a). */
export let X: usize = 0
export let Y: usize = 0
/** f64 per column: price. Prices never fall. */
export let price: usize = 0
/**
 * f64 per row: a lower bound of the reduced cost c_ij + price_j of every column j outside the row's list; -inf: no
 * list.
 */
export let bound: usize = 0
/** f64 per row: cost of the row's match. */
export let matchCost: usize = 0
/** i32 per row: its column, or -1; i32 per column: its row, or -1. */
export let partner: usize = 0
export let owner: usize = 0
/** Lists: K entries a row: cost, reduced cost when listed (ascending), column. */
export let listCost: usize = 0
export let listLow: usize = 0
export let listColumn: usize = 0
/** i64 per row: `version` when it was last scanned. */
export let scanned: usize = 0
/** Counts price changes. */
export let version: i64 = 0
export function priceChanged(): void { version++ }

/** Per leaf: d + 1 rows of 32 f32: coordinates relative to the group's centre, then prices relative to its base. */
export let columns: usize = 0
export let leafBytes: usize = 0
/** Per group, f64: centre (d), half widths (d), base. */
export let boxes: usize = 0
export let boxBytes: usize = 0
/** Per group: d rows of 8 low and 8 high f32 (boxes of its leaves), then 8 f32 (least prices of its leaves). */
export let leafBoxes: usize = 0
export let leafBoxBytes: usize = 0

/** f32 d: the present row relative to a group's centre. */
export let relative: usize = 0
/** The K best of a scan: reduced costs and columns. */
export let bestValue: usize = 0
export let bestColumn: usize = 0

/** Ring of unassigned rows. */
export let queue: usize = 0
/** Shortest paths: keys of columns (0 ... n-1) and of rows whose list was not enough (n ... 2n-1); predecessor rows. */
export let key: usize = 0
export let predecessor: usize = 0
export let place: usize = 0
export let heap: usize = 0
export let touched: usize = 0
export let settled: usize = 0
/** Columns found by a scan below a threshold. */
export let hits: usize = 0
/** f64 per row: a lower bound of all its reduced costs. */
export let rowMinimum: usize = 0

/** Pair evaluations and list steps done: the unit of budgets. */
export let work: f64 = 0
export function addWork(units: f64): void { work += units }
/** Full scans of a row. */
export let scans: i32 = 0
export function countScan(): void { scans++ }

let top: usize = 0
function take(bytes: usize): usize {
  const at = top
  top = (top + bytes + 63) & ~63
  return at
}

/** Lays out memory. Returns 0 where that much memory cannot be had. */
export function setUp(rows: i32, dimension: i32, exponent: f64, length: i32): i32 {
  n = rows
  d = dimension
  power = exponent
  kind = exponent == 1 ? 1 : exponent == 2 ? 2 : exponent == 3 ? 3 : 0
  K = min(length, n)
  groups = (n + GROUP - 1) / GROUP
  top = (__heap_base + 63) & ~63
  const N = <usize>n
  const D = <usize>d
  const G = <usize>groups
  X = take(8 * N * D)
  Y = take(8 * N * D)
  price = take(8 * N)
  bound = take(8 * N)
  matchCost = take(8 * N)
  partner = take(4 * N)
  owner = take(4 * N)
  listCost = take(8 * N * K)
  listLow = take(8 * N * K)
  listColumn = take(4 * N * K)
  scanned = take(8 * N)
  leafBytes = 128 * (D + 1)
  columns = take(leafBytes * 8 * G)
  boxBytes = 8 * (2 * D + 1)
  boxes = take(boxBytes * G)
  leafBoxBytes = 64 * D + 32
  leafBoxes = take(leafBoxBytes * G)
  relative = take(4 * D)
  bestValue = take(8 * K)
  bestColumn = take(4 * K)
  queue = take(4 * N)
  key = take(16 * N)
  predecessor = take(4 * N)
  place = take(8 * N)
  heap = take(8 * N)
  touched = take(8 * N)
  settled = take(4 * N)
  hits = take(4 * N)
  rowMinimum = take(8 * N)
  const missing = <i32>((top - (<usize>memory.size() << 16) + 65535) >> 16)
  if (top > <usize>memory.size() << 16 && memory.grow(missing) < 0) return 0
  for (let i: usize = 0; i < N; i++) {
    f64.store(bound + (i << 3), -Infinity)
    i32.store(partner + (i << 2), -1)
    i32.store(owner + (i << 2), -1)
  }
  for (let i: usize = 0; i < 2 * N; i++) {
    f64.store(key + (i << 3), Infinity)
    i32.store(place + (i << 2), -1)
  }
  return 1
}

/** Forgets all lists: needed when prices are set anew. */
export function forgetLists(): void {
  for (let i: usize = 0; i < <usize>n; i++) f64.store(bound + (i << 3), -Infinity)
}

/** |x - y|^p of two points given by their addresses. */
export function cost(x: usize, y: usize): f64 {
  let s = 0.0
  for (let a = x, end = x + (<usize>d << 3); a < end; a += 8, y += 8) {
    const t = f64.load(a) - f64.load(y)
    s += t * t
  }
  if (kind == 1) return Math.sqrt(s)
  if (kind == 2) return s
  if (kind == 3) return s * Math.sqrt(s)
  return s > 0 ? NativeMath.pow(s, 0.5 * power) : 0
}
export function costOf(i: i32, j: i32): f64 {
  const width = <usize>d << 3
  return cost(X + <usize>i * width, Y + <usize>j * width)
}
