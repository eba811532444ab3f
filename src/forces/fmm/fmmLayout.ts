/**
 * The header of a plan in the module's memory: byte offsets as in wasm/assembly/forces/fmmPlan.ts.
 */

/** i32 fields. */
export const HEADER = {
  N: 0,
  order: 4,
  single: 8,
  cells: 12,
  leaves: 16,
  x: 20,
  y: 24,
  z: 28,
  weights: 32,
  index: 36,
  multipoles: 52,
  locals: 56,
  stride: 60,
  tables: 64,
  classes: 68,
  rowsByOrder: 72,
  rowsByDegree: 76,
  rowsInPlace: 80,
  recurrence: 84,
  places: 88,
  regular: 92,
  irregular: 96,
  levels: 100,
  partners: 120,
  totals: 124,
  halo: 128,
  haloTask: 132,
  haloStart: 136,
  haloEntries: 140,
  out: 152,
  outPotential: 156,
  pairs: 160,
  profile: 164,
  forceTable: 168,
  farTasks: 172,
  farChunk: 176,
  partnerCount: 180,
  haloBytes: 184,
  haloCount: 188,
  fineCount: 192,
  evaluationOrder: 196,
  potentialTable: 200,
} as const

/** f64 fields. */
export const HEADER_NUMBERS = {
  side: 256,
  originX: 264,
  originY: 272,
  originZ: 280,
  radius: 288,
  close: 296,
  scale: 304,
} as const

export const HEADER_BYTES: number = 320
/** Bytes of a cell's record, and offsets of fields in it. */
export const CELL_BYTES: number = 184
export const CELL = { first: 0, count: 4, parent: 8, child: 12, children: 16, octant: 20, depth: 24 } as const
