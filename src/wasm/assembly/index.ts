// Elementary functions and normal variates with the same bits on every engine.
//
// ECMAScript leaves the last bits of Math.exp, Math.sin, Math.pow, ... to the engine, and they differ
// between V8 versions. AssemblyScript compiles its own (musl-derived) implementations into the module,
// where IEEE 754 fixes every operation. Samplers take their transcendental functions from here.

export function exp(x: f64): f64 { return NativeMath.exp(x) }
export function log(x: f64): f64 { return NativeMath.log(x) }
export function sin(x: f64): f64 { return NativeMath.sin(x) }
export function cos(x: f64): f64 { return NativeMath.cos(x) }
export function pow(x: f64, y: f64): f64 { return NativeMath.pow(x, y) }
export function cbrt(x: f64): f64 { return NativeMath.cbrt(x) }

/** Box-Muller radius for a uniform u in [0, 1): sqrt(-2 ln(1 - u)), finite for every such u. */
export function normalRadius(u: f64): f64 { return Math.sqrt(-2.0 * NativeMath.log(1.0 - u)) }
