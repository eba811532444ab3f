// Vectors of either precision under one name.

@inline export function zero(): v128 { return i64x2.splat(0) }

@inline export function splatAt<T>(p: usize, offset: usize = 0): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(p + offset)
  return v128.load64_splat(p + offset)
}

/** a b + c: rounded twice in the portable build, once where relaxed SIMD fuses. */
@inline export function madd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c)
  return v128.add<T>(v128.mul<T>(a, b), c)
}

/** c - a b. */
@inline export function nmadd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_nmadd<T>(a, b, c)
  return v128.sub<T>(c, v128.mul<T>(a, b))
}

/** |(x, y, z)|^2. */
@inline export function norm<T>(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return madd<T>(x, x, madd<T>(y, y, v128.mul<T>(z, z)))
  return v128.add<T>(v128.add<T>(v128.mul<T>(x, x), v128.mul<T>(y, y)), v128.mul<T>(z, z))
}

/** Two vectors of two doubles as one of four singles. */
@inline export function four(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5)
}

@inline export function add64(p: usize, v: f64): void { f64.store(p, f64.load(p) + v) }

/** Sum of the two lanes. */
@inline export function sum2(a: v128): f64 { return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1) }

/** Sum of the four lanes, in double. */
@inline export function sum4(a: v128): f64 {
  return (
    <f64>f32x4.extract_lane(a, 0) + <f64>f32x4.extract_lane(a, 1) +
    (<f64>f32x4.extract_lane(a, 2) + <f64>f32x4.extract_lane(a, 3))
  )
}
