// Radial kernels k(q) = phi(|q|^2) q as inlined classes, one per shape, for two lanes of f64 and four of f32.
//
// Loops are generic over such a class K and call changetype<K>(0).phi64(...): no object exists, everything is inlined.
// Parameters come as vectors: a = the clamp of |q|^2 (r_c^2, or a tiny number without cut-off), b = a coefficient.
//
// Powers: |q|^-3 and |q|^-2 in closed form, every other |q|^-(alpha+1) by a table (see `power`). The pmax in place of
// a branch: with m = max(|q|^2, r_c^2) the kernel (4) is q m^(-3/2), and the cubic profile q m^(-3/2) (1 + b (m - |q|^2)).
// At q = 0 the factor is finite, hence k(0) = 0.
// `pair32` is `phi32` with the vector of ones given, for loops that hold it in a register.

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
@inline function power64(m: v128): v128 {
  return lanes(power(f64x2.extract_lane(m, 0)), power(f64x2.extract_lane(m, 1)))
}
@inline function radial64(r2: v128): v128 {
  return lanes(radial(f64x2.extract_lane(r2, 0)), radial(f64x2.extract_lane(r2, 1)))
}
@inline function inverseCube64(m: v128): v128 { return f64x2.div(f64x2.splat(1), f64x2.mul(m, f64x2.sqrt(m))) }
@inline function inverseCube32(m: v128): v128 { return f32x4.div(f32x4.splat(1), f32x4.mul(m, f32x4.sqrt(m))) }
@inline function cube32(m: v128, one: v128): v128 { return f32x4.div(one, f32x4.mul(m, f32x4.sqrt(m))) }
@inline function inverse64(m: v128): v128 { return f64x2.div(f64x2.splat(1), m) }
@inline function inverse32(m: v128): v128 { return f32x4.div(f32x4.splat(1), m) }
@inline function ramp64(m: v128, r2: v128, b: v128): v128 {
  return f64x2.add(f64x2.splat(1), f64x2.mul(b, f64x2.sub(m, r2)))
}
@inline function ramp32(m: v128, r2: v128, b: v128): v128 {
  return f32x4.add(f32x4.splat(1), f32x4.mul(b, f32x4.sub(m, r2)))
}

/** (4) in d = 3, and Coulomb without cut-off. */
@final @unmanaged export class Truncated2 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return inverseCube64(f64x2.pmax(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return inverseCube32(f32x4.pmax(r2, a)) }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 { return cube32(f32x4.pmax(r2, a), one) }
}
/** (4) with alpha = 1: Coulomb in d = 2. */
@final @unmanaged export class Truncated1 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return inverse64(f64x2.pmax(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return inverse32(f32x4.pmax(r2, a)) }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 { return f32x4.div(one, f32x4.pmax(r2, a)) }
}
/** (4) with any alpha. */
@final @unmanaged export class TruncatedAny {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return power64(f64x2.pmax(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}
@final @unmanaged export class Cubic2 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const m = f64x2.pmax(r2, a)
    return f64x2.mul(inverseCube64(m), ramp64(m, r2, b))
  }
  @inline phi32(r2: v128, a: v128, b: v128): v128 {
    const m = f32x4.pmax(r2, a)
    return f32x4.mul(inverseCube32(m), ramp32(m, r2, b))
  }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 {
    const m = f32x4.pmax(r2, a)
    return f32x4.mul(cube32(m, one), f32x4.add(one, f32x4.mul(b, f32x4.sub(m, r2))))
  }
}
@final @unmanaged export class Cubic1 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const m = f64x2.pmax(r2, a)
    return f64x2.mul(inverse64(m), ramp64(m, r2, b))
  }
  @inline phi32(r2: v128, a: v128, b: v128): v128 {
    const m = f32x4.pmax(r2, a)
    return f32x4.mul(inverse32(m), ramp32(m, r2, b))
  }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 {
    const m = f32x4.pmax(r2, a)
    return f32x4.mul(f32x4.div(one, m), f32x4.add(one, f32x4.mul(b, f32x4.sub(m, r2))))
  }
}
@final @unmanaged export class CubicAny {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const m = f64x2.pmax(r2, a)
    return f64x2.mul(power64(m), ramp64(m, r2, b))
  }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}
@final @unmanaged export class Plummer2 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return inverseCube64(f64x2.add(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return inverseCube32(f32x4.add(r2, a)) }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 { return cube32(f32x4.add(r2, a), one) }
}
@final @unmanaged export class Plummer1 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return inverse64(f64x2.add(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return inverse32(f32x4.add(r2, a)) }
  @inline pair32(r2: v128, a: v128, b: v128, one: v128): v128 { return f32x4.div(one, f32x4.add(r2, a)) }
}
@final @unmanaged export class PlummerAny {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return power64(f64x2.add(r2, a)) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}
/** The C-infinity profile: few pairs are inside, so a branch to the table is taken only where a lane is. */
@final @unmanaged export class Smooth2 {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const inside = f64x2.lt(r2, a)
    let f = inverseCube64(f64x2.pmax(r2, a))
    if (v128.any_true(inside)) f = v128.bitselect(radial64(r2), f, inside)
    return f
  }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}
@final @unmanaged export class SmoothAny {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const inside = f64x2.lt(r2, a)
    let f = power64(f64x2.pmax(r2, a))
    if (v128.any_true(inside)) f = v128.bitselect(radial64(r2), f, inside)
    return f
  }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}
/** Any other radial function, tabulated. */
@final @unmanaged export class Radial {
  @inline phi64(r2: v128, a: v128, b: v128): v128 { return radial64(r2) }
  @inline phi32(r2: v128, a: v128, b: v128): v128 { return r2 }
}

// Scalar sums: potentials of Coulomb's kernel with a cut-off (sigma = 1), and majorants.

/** V of (4): m^-1/2 (1 + w/2) with w = (m - |q|^2)/m. */
@final @unmanaged export class TruncatedPotential {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const m = f64x2.pmax(r2, a)
    const w = f64x2.div(f64x2.sub(m, r2), m)
    return f64x2.div(f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.splat(0.5), w)), f64x2.sqrt(m))
  }
}
/** V of the cubic profile: m^-1/2 (1 + w/2 + 3 w^2/8). */
@final @unmanaged export class CubicPotential {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const m = f64x2.pmax(r2, a)
    const w = f64x2.div(f64x2.sub(m, r2), m)
    const s = f64x2.add(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.375), w))
    return f64x2.div(f64x2.add(f64x2.splat(1), f64x2.mul(s, w)), f64x2.sqrt(m))
  }
}
@final @unmanaged export class PlummerPotential {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    return f64x2.div(f64x2.splat(1), f64x2.sqrt(f64x2.add(r2, a)))
  }
}
/** l of (47): radialFactor |q|^-3 for |q|^2 >= a, b otherwise. */
@final @unmanaged export class Majorant {
  @inline phi64(r2: v128, a: v128, b: v128): v128 {
    const outer = f64x2.mul(f64x2.splat(radialFactor), inverseCube64(r2))
    return v128.bitselect(b, outer, f64x2.lt(r2, a))
  }
}
