// Generated from the files of src/proofs/statements by scripts/registries.mjs (npm run build).
import type { Statement } from './certificate.js'
import { chaosThreshold } from './statements/chaosThreshold.js'
import { chaosThresholdStep } from './statements/chaosThresholdStep.js'
import { corollary43Density } from './statements/corollary43Density.js'
import { corollary43Norms } from './statements/corollary43Norms.js'
import { corollary43NormsTwo } from './statements/corollary43NormsTwo.js'
import { corollary73BAdmits } from './statements/corollary73BAdmits.js'
import { corollary73BBound } from './statements/corollary73BBound.js'
import { corollary73BInner } from './statements/corollary73BInner.js'
import { corollary73CThreshold } from './statements/corollary73CThreshold.js'
import { criticalLogarithm } from './statements/criticalLogarithm.js'
import { crossing94 } from './statements/crossing94.js'
import { crossing9294 } from './statements/crossing9294.js'
import { crossing9294Value } from './statements/crossing9294Value.js'
import { cubicForce } from './statements/cubicForce.js'
import { cubicGradient } from './statements/cubicGradient.js'
import { definition51Start } from './statements/definition51Start.js'
import { definition71Moment } from './statements/definition71Moment.js'
import { definition71MomentValue } from './statements/definition71MomentValue.js'
import { definition71Threshold } from './statements/definition71Threshold.js'
import { gronwallFactor } from './statements/gronwallFactor.js'
import { kernelDifference } from './statements/kernelDifference.js'
import { kernelDifferenceForce } from './statements/kernelDifferenceForce.js'
import { kernelDifferenceSharp } from './statements/kernelDifferenceSharp.js'
import { lemma33Factor } from './statements/lemma33Factor.js'
import { lemma33LastLine } from './statements/lemma33LastLine.js'
import { lemma34Force } from './statements/lemma34Force.js'
import { lemma34Printed } from './statements/lemma34Printed.js'
import { lemma34Split } from './statements/lemma34Split.js'
import { lemma34TwoSigns } from './statements/lemma34TwoSigns.js'
import { lemma52Delta } from './statements/lemma52Delta.js'
import { lemma52Factor } from './statements/lemma52Factor.js'
import { lemma52Norms } from './statements/lemma52Norms.js'
import { lemma61Growth } from './statements/lemma61Growth.js'
import { lemma61Quotient } from './statements/lemma61Quotient.js'
import { lemma61Root } from './statements/lemma61Root.js'
import { lemma63Fails } from './statements/lemma63Fails.js'
import { lemma63FailureRadius } from './statements/lemma63FailureRadius.js'
import { lemma63Inner } from './statements/lemma63Inner.js'
import { lemma63InnerAcross } from './statements/lemma63InnerAcross.js'
import { lemma63InnerMaximum } from './statements/lemma63InnerMaximum.js'
import { lemma63Outer } from './statements/lemma63Outer.js'
import { lemma63OuterMaximum } from './statements/lemma63OuterMaximum.js'
import { lemma63OuterMaximumBeyond } from './statements/lemma63OuterMaximumBeyond.js'
import { lemma63OuterMaximumWithin } from './statements/lemma63OuterMaximumWithin.js'
import { lemma63Printed } from './statements/lemma63Printed.js'
import { lemma81Case1 } from './statements/lemma81Case1.js'
import { lineDistance } from './statements/lineDistance.js'
import { logLipschitz } from './statements/logLipschitz.js'
import { logLipschitzMaximum } from './statements/logLipschitzMaximum.js'
import { logLipschitzValue } from './statements/logLipschitzValue.js'
import { meanFieldStart } from './statements/meanFieldStart.js'
import { meanFieldStartPrinted } from './statements/meanFieldStartPrinted.js'
import { meanValueStep } from './statements/meanValueStep.js'
import { moments57 } from './statements/moments57.js'
import { moments57Integral } from './statements/moments57Integral.js'
import { planeCore } from './statements/planeCore.js'
import { rate38 } from './statements/rate38.js'
import { rate38FarMass } from './statements/rate38FarMass.js'
import { rate38FarParticle } from './statements/rate38FarParticle.js'
import { rate38Start } from './statements/rate38Start.js'
import { rate38StartValue } from './statements/rate38StartValue.js'
import { rate38Ten } from './statements/rate38Ten.js'
import { regularisationCubic } from './statements/regularisationCubic.js'
import { regularisationPlummer } from './statements/regularisationPlummer.js'
import { regularisationSmooth } from './statements/regularisationSmooth.js'
import { regularisationTruncated } from './statements/regularisationTruncated.js'
import { smoothForce } from './statements/smoothForce.js'
import { smoothGradient } from './statements/smoothGradient.js'
import { smoothGradientMaximum } from './statements/smoothGradientMaximum.js'
import { weightRate } from './statements/weightRate.js'

/** Every statement with a certificate that a file of src/proofs/statements declares, by path. */
export const statements: readonly Statement[] = [
  chaosThreshold,
  chaosThresholdStep,
  corollary43Density,
  corollary43Norms,
  corollary43NormsTwo,
  corollary73BAdmits,
  corollary73BBound,
  corollary73BInner,
  corollary73CThreshold,
  criticalLogarithm,
  crossing94,
  crossing9294,
  crossing9294Value,
  cubicForce,
  cubicGradient,
  definition51Start,
  definition71Moment,
  definition71MomentValue,
  definition71Threshold,
  gronwallFactor,
  kernelDifference,
  kernelDifferenceForce,
  kernelDifferenceSharp,
  lemma33Factor,
  lemma33LastLine,
  lemma34Force,
  lemma34Printed,
  lemma34Split,
  lemma34TwoSigns,
  lemma52Delta,
  lemma52Factor,
  lemma52Norms,
  lemma61Growth,
  lemma61Quotient,
  lemma61Root,
  lemma63Fails,
  lemma63FailureRadius,
  lemma63Inner,
  lemma63InnerAcross,
  lemma63InnerMaximum,
  lemma63Outer,
  lemma63OuterMaximum,
  lemma63OuterMaximumBeyond,
  lemma63OuterMaximumWithin,
  lemma63Printed,
  lemma81Case1,
  lineDistance,
  logLipschitz,
  logLipschitzMaximum,
  logLipschitzValue,
  meanFieldStart,
  meanFieldStartPrinted,
  meanValueStep,
  moments57,
  moments57Integral,
  planeCore,
  rate38,
  rate38FarMass,
  rate38FarParticle,
  rate38Start,
  rate38StartValue,
  rate38Ten,
  regularisationCubic,
  regularisationPlummer,
  regularisationSmooth,
  regularisationTruncated,
  smoothForce,
  smoothGradient,
  smoothGradientMaximum,
  weightRate,
]
