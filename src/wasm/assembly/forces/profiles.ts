// Radial kernels k(q) = phi(|q|^2) q as inlined classes, for two lanes of f64 and four of f32: a shape of the cut-off,
// generic over the power of |q|.
//
// Loops are generic over such a class K and call changetype<K>(0).phi<f64>(...): no object exists, everything is
// inlined. Parameters come as vectors: a = the clamp of |q|^2 (r_c^2, or a tiny number without cut-off), b = a
// coefficient, one = 1 in every lane (0 where phi shall be 0), which some loops hold in a register.
//
// Powers: |q|^-3 and |q|^-2 in closed form, every other |q|^-(alpha+1) by a table (see `power`), in f64 alone. The pmax
// in place of a branch: with m = max(|q|^2, r_c^2) the kernel (4) is q m^(-3/2), and the cubic profile
// q m^(-3/2) (1 + b (m - |q|^2)). At q = 0 the factor is finite, hence k(0) = 0.

/** Address of the table of x -> x^-(alpha+1)/2, see `power`. */
export let powerTable: usize = 0
/** Address of the table of a radial function, see `radial`. */
export let radialTable: usize = 0
/** 1 / reference^2 of the radial table. */
export let radialUnit: f64 = 1
/** Factor of the radial table's values. */
export let radialFactor: f64 = 1

export function setTables(power: usize, radial: usize, unit: f64, factor: f64): void {
  powerTable = power
  radialTable = radial
  radialUnit = unit
  radialFactor = factor
}

const PANELS: usize = 64
const DEGREE_BYTES: usize = 64

@inline function horner(c: usize, t: f64): f64 {
  let y = f64.load(c, 56)
  y = y * t + f64.load(c, 48)
  y = y * t + f64.load(c, 40)
  y = y * t + f64.load(c, 32)
  y = y * t + f64.load(c, 24)
  y = y * t + f64.load(c, 16)
  y = y * t + f64.load(c, 8)
  return y * t + f64.load(c)
}

// The position of x's mantissa inside its panel of 1/64 octave, in [-1, 1).
@inline function inPanel(bits: u64): f64 {
  const rest = reinterpret<f64>((bits & 0x00003fffffffffff) | 0x3ff0000000000000)
  return (rest - 1.0) * 128.0 - 1.0
}

/** x^-(alpha+1)/2 for x > 0: polynomial in the mantissa (64 panels, degree 7) times a power of two from a table. */
export function power(x: f64): f64 {
  const bits = reinterpret<u64>(x)
  const panel = <usize>(bits >> 46) & (PANELS - 1)
  const exponent = <usize>(bits >> 52)
  return horner(powerTable + panel * DEGREE_BYTES, inPanel(bits)) * f64.load(powerTable + (exponent << 3), 4096)
}

/**
 * A tabulated function of u = x * radialUnit: 8 coefficients on each 64th of an octave. The table begins with the
 * index of its first panel, its number of panels and the value at 0; between 0 and the first panel it is constant,
 * behind the last panel not defined.
 */
export function radial(x: f64): f64 {
  if (x == 0.0) return radialFactor * f64.load(radialTable, 16)
  const bits = reinterpret<u64>(x * radialUnit)
  const first = <i64>f64.load(radialTable)
  const last = <i64>f64.load(radialTable, 8) - 1
  const panel = <i64>(bits >> 46) - first
  const t = panel < 0 ? -1.0 : inPanel(bits)
  const k = <usize>(panel < 0 ? 0 : panel > last ? last : panel)
  return radialFactor * horner(radialTable + 64 + k * DEGREE_BYTES, t)
}

@inline function lanes(x: f64, y: f64): v128 { return f64x2.replace_lane(f64x2.splat(x), 1, y) }
@inline export function radial64(r2: v128): v128 {
  return lanes(radial(f64x2.extract_lane(r2, 0)), radial(f64x2.extract_lane(r2, 1)))
}

/** alpha = 2: Coulomb in d = 3. */
@final @unmanaged export class Cube {
  @inline of<T>(m: v128, one: v128): v128 { return v128.div<T>(one, v128.mul<T>(m, v128.sqrt<T>(m))) }
}
/** alpha = 1: Coulomb in d = 2. */
@final @unmanaged export class Square {
  @inline of<T>(m: v128, one: v128): v128 { return v128.div<T>(one, m) }
}
/** Any alpha. */
@final @unmanaged export class AnyPower {
  @inline of<T>(m: v128, one: v128): v128 {
    return lanes(power(f64x2.extract_lane(m, 0)), power(f64x2.extract_lane(m, 1)))
  }
}

/** (4), and no cut-off. */
@final @unmanaged export class Truncated<P> {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    return changetype<P>(0).of<T>(v128.pmax<T>(r2, a), one)
  }
}
@final @unmanaged export class Cubic<P> {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const m = v128.pmax<T>(r2, a)
    return v128.mul<T>(changetype<P>(0).of<T>(m, one), v128.add<T>(one, v128.mul<T>(b, v128.sub<T>(m, r2))))
  }
}
@final @unmanaged export class Plummer<P> {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    return changetype<P>(0).of<T>(v128.add<T>(r2, a), one)
  }
}
/** The C-infinity profile: few pairs are inside, so a branch to the table is taken only where a lane is. f64 alone. */
@final @unmanaged export class Smooth<P> {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const inside = f64x2.lt(r2, a)
    let f = changetype<P>(0).of<T>(f64x2.pmax(r2, a), one)
    if (v128.any_true(inside)) f = v128.bitselect(radial64(r2), f, inside)
    return f
  }
}
/** Any other radial function, tabulated. f64 alone. */
@final @unmanaged export class Radial {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 { return radial64(r2) }
}

// Scalar sums, in f64: potentials of Coulomb's kernel with a cut-off (sigma = 1), and majorants.

/** V of (4): m^-1/2 (1 + w/2) with w = (m - |q|^2)/m. */
@final @unmanaged export class TruncatedPotential {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const m = f64x2.pmax(r2, a)
    const w = f64x2.div(f64x2.sub(m, r2), m)
    return f64x2.div(f64x2.add(one, f64x2.mul(f64x2.splat(0.5), w)), f64x2.sqrt(m))
  }
}
/** V of the cubic profile: m^-1/2 (1 + w/2 + 3 w^2/8). */
@final @unmanaged export class CubicPotential {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const m = f64x2.pmax(r2, a)
    const w = f64x2.div(f64x2.sub(m, r2), m)
    const s = f64x2.add(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.375), w))
    return f64x2.div(f64x2.add(one, f64x2.mul(s, w)), f64x2.sqrt(m))
  }
}
@final @unmanaged export class PlummerPotential {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    return f64x2.div(one, f64x2.sqrt(f64x2.add(r2, a)))
  }
}
/** l of (47): radialFactor |q|^-3 for |q|^2 >= a, b otherwise. */
@final @unmanaged export class Majorant {
  @inline phi<T>(r2: v128, a: v128, b: v128, one: v128): v128 {
    const outer = f64x2.mul(f64x2.splat(radialFactor), changetype<Cube>(0).of<T>(r2, one))
    return v128.bitselect(b, outer, f64x2.lt(r2, a))
  }
}
