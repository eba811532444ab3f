/**
 * The part of mathjs that formulas need: its parser, and what a formula may call. Algebra, matrices, strings and random
 * numbers, which mathjs loads too when it is imported whole, are half of it.
 */
import * as mathjs from 'mathjs/number'

/** What a formula may call, by name. */
const callable = {
  abs: mathjs.absDependencies,
  acos: mathjs.acosDependencies,
  acosh: mathjs.acoshDependencies,
  asin: mathjs.asinDependencies,
  asinh: mathjs.asinhDependencies,
  atan2: mathjs.atan2Dependencies,
  atan: mathjs.atanDependencies,
  atanh: mathjs.atanhDependencies,
  cbrt: mathjs.cbrtDependencies,
  ceil: mathjs.ceilDependencies,
  cos: mathjs.cosDependencies,
  cosh: mathjs.coshDependencies,
  cube: mathjs.cubeDependencies,
  erf: mathjs.erfDependencies,
  exp: mathjs.expDependencies,
  expm1: mathjs.expm1Dependencies,
  factorial: mathjs.factorialDependencies,
  floor: mathjs.floorDependencies,
  gamma: mathjs.gammaDependencies,
  hypot: mathjs.hypotDependencies,
  lgamma: mathjs.lgammaDependencies,
  log1p: mathjs.log1pDependencies,
  log2: mathjs.log2Dependencies,
  log10: mathjs.log10Dependencies,
  log: mathjs.logDependencies,
  max: mathjs.maxDependencies,
  min: mathjs.minDependencies,
  mod: mathjs.modDependencies,
  pow: mathjs.powDependencies,
  round: mathjs.roundDependencies,
  sign: mathjs.signDependencies,
  sin: mathjs.sinDependencies,
  sinh: mathjs.sinhDependencies,
  sqrt: mathjs.sqrtDependencies,
  square: mathjs.squareDependencies,
  tan: mathjs.tanDependencies,
  tanh: mathjs.tanhDependencies,
}

/** The signs between numbers, and the constants. */
const signs = {
  add: mathjs.addDependencies,
  divide: mathjs.divideDependencies,
  e: mathjs.eDependencies,
  equal: mathjs.equalDependencies,
  Infinity: mathjs.InfinityDependencies,
  larger: mathjs.largerDependencies,
  largerEq: mathjs.largerEqDependencies,
  multiply: mathjs.multiplyDependencies,
  pi: mathjs.piDependencies,
  smaller: mathjs.smallerDependencies,
  smallerEq: mathjs.smallerEqDependencies,
  subtract: mathjs.subtractDependencies,
  unaryMinus: mathjs.unaryMinusDependencies,
  unaryPlus: mathjs.unaryPlusDependencies,
  unequal: mathjs.unequalDependencies,
}

export const parse: mathjs.MathJsInstance['parse'] = mathjs.create({
  parse: mathjs.parseDependencies,
  callable,
  signs,
}).parse

/** Names of the functions that a formula may call. */
export const CALLABLE: readonly string[] = Object.keys(callable)
