// The plan of one fast multipole sum: a header of addresses and sizes that every task reads, and the records of the
// cells of the octree. Written by src/forces/fmm/fmmLayout.ts and by the functions of fmmTree.ts; nothing else writes
// it. Addresses are byte offsets into the shared memory; offsets below are bytes behind the header's address `plan`.

// i32 fields.
export const N: usize = 0
export const ORDER: usize = 4
export const SINGLE: usize = 8 // 1: expansions in f32, 0: f64
export const CELLS: usize = 12 // number of cells
export const LEAVES: usize = 16 // number of leaves
export const X: usize = 20 // positions in tree order
export const Y: usize = 24
export const Z: usize = 28
export const WEIGHTS: usize = 32 // weights in tree order, 0: all 1
export const INDEX: usize = 36 // the caller's index of the particle at each place of the tree order
export const CELL: usize = 40 // cell records
export const LINKS: usize = 44 // pool of coarser-leaf links (E and X lists)
export const LEAF: usize = 48 // cell of each leaf, in particle order
export const MULTIPOLES: usize = 52
export const LOCALS: usize = 56
export const STRIDE: usize = 60 // bytes of one cell's coefficients
export const TABLES: usize = 64 // translation tables
export const CLASSES: usize = 68 // class records: byte offsets into the tables
export const ROWS_BY_ORDER: usize = 72 // row offsets: order by degree -> panel by order
export const ROWS_BY_DEGREE: usize = 76 // row offsets: order by order -> panel by degree
export const ROWS_IN_PLACE: usize = 80 // row offsets: degree -> degree
export const RECURRENCE: usize = 84 // coefficients of the recurrences of solid harmonics
export const PLACES: usize = 88 // by-degree index of each sequential harmonic, order P
export const REGULAR: usize = 92 // gradient terms of regular harmonics
export const IRREGULAR: usize = 96 // gradient terms of irregular harmonics
export const LEVELS: usize = 100 // number of levels, root included
export const LEVEL: usize = 104 // first cell of each level, and the number of cells behind the last
export const NEAR_TASKS: usize = 108
export const NEAR: usize = 112 // first leaf of each near-field task
export const PARTNER_START: usize = 116 // per leaf
export const PARTNERS: usize = 120 // partner records
export const TOTALS: usize = 124 // near-field accumulators in tree order: x[N], y[N], z[N] (, potential[N])
export const HALO: usize = 128 // accumulators of particles outside a task's own leaves
export const HALO_TASK: usize = 132 // per near task: byte offset of its part of HALO
export const HALO_START: usize = 136 // per leaf
export const HALO_ENTRIES: usize = 140 // addresses of accumulators to be added to a leaf
export const FINE_START: usize = 144 // per leaf
export const FINE: usize = 148 // finer cells whose multipoles act on a leaf's particles
export const OUT: usize = 152 // forces in the caller's order: x[N], y[N], z[N]
export const OUT_POTENTIAL: usize = 156 // 0: none
export const PAIRS: usize = 160 // precision of pairs: 0 f32, 1 f32 with remainders, 2 f64
export const PROFILE: usize = 164 // 0 kernel (4), 1 cubic, 2 tabulated inside the cut-off radius
export const FORCE_TABLE: usize = 168 // profile 2: of r_c^3 phi, as a function of (|q|/r_c)^2
export const POTENTIAL_TABLE: usize = 200 // profile 2: of r_c V
export const FAR_TASKS: usize = 172
export const FAR_CHUNK: usize = 176 // cells of one far-field task
export const PARTNER_COUNT: usize = 180
export const HALO_BYTES: usize = 184
export const HALO_COUNT: usize = 188
export const FINE_COUNT: usize = 192
export const EVALUATION_ORDER: usize = 196 // order of the local expansions' evaluation

// f64 fields.
export const SIDE: usize = 256 // side H of the root cell
export const ORIGIN_X: usize = 264 // its lower corner
export const ORIGIN_Y: usize = 272
export const ORIGIN_Z: usize = 280
export const RADIUS: usize = 288 // cut-off radius
export const CLOSE: usize = 296 // distance, in leaf sides, below which pairs are done in f64
export const SCALE: usize = 304 // sigma times the unit of weight
export const HEADER_BYTES: usize = 320

// Cell records.
export const FIRST: usize = 0
export const COUNT: usize = 4
export const PARENT: usize = 8
export const CHILD: usize = 12 // first child, 0: leaf
export const CHILDREN: usize = 16
export const OCTANT: usize = 20
export const DEPTH: usize = 24
export const LINK: usize = 28 // its first link: E list, then X list
export const E_COUNT: usize = 32
export const X_COUNT: usize = 36
export const LEAF_INDEX: usize = 40
export const CX: usize = 48 // centre in units of the root cell: exact dyadic fractions
export const CY: usize = 56
export const CZ: usize = 64
export const COLLEAGUES: usize = 72 // 27 cells of the same size around it, -1: none
export const CELL_BYTES: usize = 184

export const PARTNER_BYTES: usize = 16 // first particle, count, address of accumulators, bytes between components

@inline export function int(plan: usize, field: usize): i32 { return load<i32>(plan + field) }
@inline export function ptr(plan: usize, field: usize): usize { return <usize>load<u32>(plan + field) }
@inline export function num(plan: usize, field: usize): f64 { return load<f64>(plan + field) }

/** Address of a cell's record. */
@inline export function cellAt(plan: usize, cell: i32): usize { return ptr(plan, CELL) + <usize>cell * CELL_BYTES }

/** 2^-level. */
@inline export function halved(level: i32): f64 { return reinterpret<f64>(<u64>(1023 - level) << 52) }

/** Centre of a cell along one axis, in the caller's units. */
@inline export function centre(plan: usize, cell: usize, axis: usize): f64 {
  return num(plan, ORIGIN_X + axis * 8) + num(plan, SIDE) * load<f64>(cell + CX + axis * 8)
}

/** Side of a cell, in the caller's units. */
@inline export function side(plan: usize, cell: usize): f64 { return num(plan, SIDE) * halved(load<i32>(cell, DEPTH)) }
