// What the sampling of rare events repeats a million times: normal variates in bulk, and the largest deviation of Psi
// from Phi along a coupled run of few particles, in single precision.
//
// Vectors are structure of arrays in f32: coordinate a of particle i at (a * stride + i), stride a multiple of 4.
// Behind the last particle stand resting ones so far away that every force of theirs is 0.

/** Byte address behind the module's static data. */
export function heapBase(): usize { return __heap_base }

// ---------------------------------------------------------------------------------------------------------------
// xoshiro256++ (Blackman and Vigna 2021, doi:10.1145/3460772): four u64 of state.

@inline function next(s: usize): u64 {
  const s0 = load<u64>(s)
  let s1 = load<u64>(s, 8)
  let s2 = load<u64>(s, 16)
  let s3 = load<u64>(s, 24)
  const result = rotl<u64>(s0 + s3, 23) + s0
  const t = s1 << 17
  s2 ^= s0
  s3 ^= s1
  s1 ^= s2
  store<u64>(s, s0 ^ s3)
  store<u64>(s, s1, 8)
  store<u64>(s, s2 ^ t, 16)
  store<u64>(s, rotl<u64>(s3, 45), 24)
  return result
}

/** Uniform in [0, 1), 53 bits. */
export function uniform(s: usize): f64 { return <f64>(next(s) >> 11) * (1.0 / 9007199254740992.0) }

/** `count` standard normal variates, f64, by Marsaglia's polar method; the second of an odd last pair is dropped. */
export function normals(s: usize, out: usize, count: i32): void {
  for (let k = 0; k < count; k += 2) {
    let u: f64, v: f64, r: f64
    do {
      u = 2.0 * uniform(s) - 1.0
      v = 2.0 * uniform(s) - 1.0
      r = u * u + v * v
    } while (r >= 1.0 || r == 0.0)
    const f = Math.sqrt((-2.0 * NativeMath.log(r)) / r)
    f64.store(out + (<usize>k << 3), u * f)
    if (k + 1 < count) f64.store(out + (<usize>k << 3), v * f, 8)
  }
}

// ---------------------------------------------------------------------------------------------------------------
// The coupled run.

/** Sums over all pairs of (x_i - x_j) max(|x_i - x_j|, r_c)^-3, each pair once. */
function pairs(x: usize, F: usize, stride: usize, n: usize, rc2: f32): void {
  const row = stride << 2
  memory.fill(F, 0, 3 * row)
  const least = f32x4.splat(rc2)
  const one = f32x4.splat(1)
  const lanes = i32x4(0, 1, 2, 3)
  for (let i: usize = 0; i < n; i++) {
    const at = x + (i << 2)
    const xi = v128.load32_splat(at)
    const yi = v128.load32_splat(at + row)
    const zi = v128.load32_splat(at + row + row)
    let sx = f32x4.splat(0)
    let sy = f32x4.splat(0)
    let sz = f32x4.splat(0)
    // The vector that i is in has partners in the lanes behind it alone.
    let mask = i32x4.gt_s(lanes, i32x4.splat(<i32>(i & 3)))
    for (let j = (i & ~3) << 2; j < row; j += 16) {
      const from = x + j
      const to = F + j
      const dx = f32x4.sub(xi, v128.load(from))
      const dy = f32x4.sub(yi, v128.load(from + row))
      const dz = f32x4.sub(zi, v128.load(from + row + row))
      const m = f32x4.pmax(f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), f32x4.mul(dz, dz)), least)
      const f = v128.and(f32x4.div(one, f32x4.mul(m, f32x4.sqrt(m))), mask)
      const gx = f32x4.mul(f, dx)
      const gy = f32x4.mul(f, dy)
      const gz = f32x4.mul(f, dz)
      sx = f32x4.add(sx, gx)
      sy = f32x4.add(sy, gy)
      sz = f32x4.add(sz, gz)
      v128.store(to, f32x4.sub(v128.load(to), gx))
      v128.store(to + row, f32x4.sub(v128.load(to + row), gy))
      v128.store(to + row + row, f32x4.sub(v128.load(to + row + row), gz))
      mask = i32x4.splat(-1)
    }
    const o = F + (i << 2)
    f32.store(o, f32.load(o) + sum(sx))
    f32.store(o + row, f32.load(o + row) + sum(sy))
    f32.store(o + row + row, f32.load(o + row + row) + sum(sz))
  }
}

@inline function sum(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
}

/** G = F(r)/r y from a row of values at the nodes k/(nodes - 1) of r/(r + length), linear between them. */
function mean(y: usize, G: usize, stride: usize, n: usize, table: usize, nodes: usize, length: f32): void {
  const row = stride << 2
  const last = <f32>(nodes - 1)
  for (let i: usize = 0; i < n; i++) {
    const at = y + (i << 2)
    const a = f32.load(at)
    const b = f32.load(at + row)
    const c = f32.load(at + row + row)
    const r = Mathf.sqrt(a * a + b * b + c * c)
    const s = (r / (r + length)) * last
    const k = min<usize>(<usize>s, nodes - 2)
    const low = f32.load(table + (k << 2))
    const g = low + (s - <f32>k) * (f32.load(table + (k << 2), 4) - low)
    const to = G + (i << 2)
    f32.store(to, g * a)
    f32.store(to + row, g * b)
    f32.store(to + row + row, g * c)
  }
}

/** w += h G and g += h (strength F - G). */
function kick(w: usize, g: usize, F: usize, G: usize, row3: usize, h: f32, strength: f32): void {
  const vh = f32x4.splat(h)
  const vs = f32x4.splat(strength)
  for (let k: usize = 0; k < row3; k += 16) {
    const m = v128.load(G + k)
    v128.store(w + k, f32x4.add(v128.load(w + k), f32x4.mul(vh, m)))
    v128.store(g + k, f32x4.add(v128.load(g + k), f32x4.mul(vh, f32x4.sub(f32x4.mul(vs, v128.load(F + k)), m))))
  }
}

/** max |a|; NaN wins. */
function largest(a: usize, row3: usize): f32 {
  let most = f32x4.splat(0)
  for (let k: usize = 0; k < row3; k += 16) most = f32x4.max(most, f32x4.abs(v128.load(a + k)))
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  )
}

function indexOf(a: usize, count: usize, value: f32): i32 {
  for (let k: usize = 0; k < count; k++) if (Mathf.abs(f32.load(a + (k << 2))) == value) return <i32>k
  return -1
}

/**
 * sup over the steps of weight |Psi^1 - Phi^1|_inf + |Psi^2 - Phi^2|_inf, or of the larger of both norms where the
 * weight is negative, both flows from (y, w) by leapfrog. Moved are
 * Phi = (y, w) and the differences u = Psi^1 - Phi^1, g = Psi^2 - Phi^2, so that these keep their own 24 bits. `y`
 * begins 7 arrays of 3 stride numbers: y, w, u, g, x, F, G; y and w hold the initial points. `table` has a row of
 * `nodes` for each time. `out`: f64 of the supremum, then i32: its step, and the indices in u and in g that carry it.
 */
export function deviation(
  y: usize, stride: usize, n: usize, table: usize, nodes: usize, length: f32, steps: i32, h: f32, strength: f32,
  rc2: f32, weight: f32, out: usize,
): f64 {
  const row3: usize = 12 * stride
  const w = y + row3
  const u = w + row3
  const g = u + row3
  const x = g + row3
  const F = x + row3
  const G = F + row3
  const half: f32 = 0.5 * h
  memory.fill(u, 0, 2 * row3)
  memory.copy(x, y, row3)
  memory.fill(G, 0, row3)
  pairs(x, F, stride, n, rc2)
  mean(y, G, stride, n, table, nodes, length)
  let best: f64 = -1
  i32.store(out, 0, 8)
  i32.store(out, 0, 12)
  i32.store(out, 0, 16)
  const vh = f32x4.splat(h)
  for (let step = 1; step <= steps; step++) {
    kick(w, g, F, G, row3, half, strength)
    for (let k: usize = 0; k < row3; k += 16) {
      const b = f32x4.add(v128.load(y + k), f32x4.mul(vh, v128.load(w + k)))
      const d = f32x4.add(v128.load(u + k), f32x4.mul(vh, v128.load(g + k)))
      v128.store(y + k, b)
      v128.store(u + k, d)
      v128.store(x + k, f32x4.add(b, d))
    }
    pairs(x, F, stride, n, rc2)
    mean(y, G, stride, n, table + ((<usize>step * nodes) << 2), nodes, length)
    kick(w, g, F, G, row3, half, strength)
    const position = largest(u, row3)
    const momentum = largest(g, row3)
    const size = weight < 0 ? max(<f64>position, <f64>momentum) : <f64>weight * <f64>position + <f64>momentum
    if (size != size) return size
    if (size > best) {
      best = size
      i32.store(out, step, 8)
      i32.store(out, indexOf(u, 3 * stride, position), 12)
      i32.store(out, indexOf(g, 3 * stride, momentum), 16)
    }
  }
  f64.store(out, best)
  return best
}
