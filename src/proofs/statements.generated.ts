// Generated from the files of src/proofs/statements by scripts/registries.mjs (npm run build).
import type { Statement } from './certificate.js'
import { lineDistance } from './statements/beyond/lineDistance.js'
import { planeCore } from './statements/beyond/planeCore.js'
import { regularisationCubic } from './statements/beyond/regularisationCubic.js'
import { regularisationPlummer } from './statements/beyond/regularisationPlummer.js'
import { regularisationSmooth } from './statements/beyond/regularisationSmooth.js'
import { regularisationTruncated } from './statements/beyond/regularisationTruncated.js'
import { weightRate } from './statements/beyond/weightRate.js'
import { cubicForce } from './statements/section2/cubicForce.js'
import { cubicGradient } from './statements/section2/cubicGradient.js'
import { smoothForce } from './statements/section2/smoothForce.js'
import { smoothGradient } from './statements/section2/smoothGradient.js'
import { smoothGradientMaximum } from './statements/section2/smoothGradientMaximum.js'
import { lemma33Factor } from './statements/section3/lemma33Factor.js'
import { lemma33LastLine } from './statements/section3/lemma33LastLine.js'
import { lemma34Force } from './statements/section3/lemma34Force.js'
import { lemma34Printed } from './statements/section3/lemma34Printed.js'
import { lemma34Split } from './statements/section3/lemma34Split.js'
import { lemma34TwoSigns } from './statements/section3/lemma34TwoSigns.js'
import { corollary43Density } from './statements/section4/corollary43Density.js'
import { corollary43Norms } from './statements/section4/corollary43Norms.js'
import { corollary43NormsTwo } from './statements/section4/corollary43NormsTwo.js'
import { definition51Start } from './statements/section5/definition51Start.js'
import { lemma52Delta } from './statements/section5/lemma52Delta.js'
import { lemma52Factor } from './statements/section5/lemma52Factor.js'
import { lemma52Norms } from './statements/section5/lemma52Norms.js'
import { lemma61Growth } from './statements/section6/lemma61Growth.js'
import { lemma61Quotient } from './statements/section6/lemma61Quotient.js'
import { lemma61Root } from './statements/section6/lemma61Root.js'
import { lemma63Fails } from './statements/section6/lemma63Fails.js'
import { lemma63FailureRadius } from './statements/section6/lemma63FailureRadius.js'
import { lemma63Inner } from './statements/section6/lemma63Inner.js'
import { lemma63InnerAcross } from './statements/section6/lemma63InnerAcross.js'
import { lemma63InnerMaximum } from './statements/section6/lemma63InnerMaximum.js'
import { lemma63Outer } from './statements/section6/lemma63Outer.js'
import { lemma63OuterMaximum } from './statements/section6/lemma63OuterMaximum.js'
import { lemma63OuterMaximumBeyond } from './statements/section6/lemma63OuterMaximumBeyond.js'
import { lemma63OuterMaximumWithin } from './statements/section6/lemma63OuterMaximumWithin.js'
import { lemma63Printed } from './statements/section6/lemma63Printed.js'
import { corollary73BAdmits } from './statements/section7/corollary73BAdmits.js'
import { corollary73BBound } from './statements/section7/corollary73BBound.js'
import { corollary73BInner } from './statements/section7/corollary73BInner.js'
import { corollary73CThreshold } from './statements/section7/corollary73CThreshold.js'
import { definition71Moment } from './statements/section7/definition71Moment.js'
import { definition71MomentValue } from './statements/section7/definition71MomentValue.js'
import { definition71Threshold } from './statements/section7/definition71Threshold.js'
import { moments57 } from './statements/section7/moments57.js'
import { moments57Integral } from './statements/section7/moments57Integral.js'
import { chaosThreshold } from './statements/section8/chaosThreshold.js'
import { chaosThresholdStep } from './statements/section8/chaosThresholdStep.js'
import { gronwallFactor } from './statements/section8/gronwallFactor.js'
import { lemma81Case1 } from './statements/section8/lemma81Case1.js'
import { criticalLogarithm } from './statements/section9/criticalLogarithm.js'
import { kernelDifference } from './statements/section9/kernelDifference.js'
import { kernelDifferenceForce } from './statements/section9/kernelDifferenceForce.js'
import { kernelDifferenceSharp } from './statements/section9/kernelDifferenceSharp.js'
import { logLipschitz } from './statements/section9/logLipschitz.js'
import { logLipschitzMaximum } from './statements/section9/logLipschitzMaximum.js'
import { logLipschitzValue } from './statements/section9/logLipschitzValue.js'
import { meanFieldStart } from './statements/section9/meanFieldStart.js'
import { meanFieldStartPrinted } from './statements/section9/meanFieldStartPrinted.js'
import { meanValueStep } from './statements/section9/meanValueStep.js'
import { rate38 } from './statements/section9/rate38.js'
import { rate38FarMass } from './statements/section9/rate38FarMass.js'
import { rate38FarParticle } from './statements/section9/rate38FarParticle.js'
import { rate38Start } from './statements/section9/rate38Start.js'
import { rate38StartValue } from './statements/section9/rate38StartValue.js'
import { rate38Ten } from './statements/section9/rate38Ten.js'
import { crossing94 } from './statements/section10/crossing94.js'
import { crossing9294 } from './statements/section10/crossing9294.js'
import { crossing9294Value } from './statements/section10/crossing9294Value.js'

/** Every statement with a certificate that a file of src/proofs/statements declares, by path. */
export const statements: readonly Statement[] = [
  lineDistance,
  planeCore,
  regularisationCubic,
  regularisationPlummer,
  regularisationSmooth,
  regularisationTruncated,
  weightRate,
  cubicForce,
  cubicGradient,
  smoothForce,
  smoothGradient,
  smoothGradientMaximum,
  lemma33Factor,
  lemma33LastLine,
  lemma34Force,
  lemma34Printed,
  lemma34Split,
  lemma34TwoSigns,
  corollary43Density,
  corollary43Norms,
  corollary43NormsTwo,
  definition51Start,
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
  corollary73BAdmits,
  corollary73BBound,
  corollary73BInner,
  corollary73CThreshold,
  definition71Moment,
  definition71MomentValue,
  definition71Threshold,
  moments57,
  moments57Integral,
  chaosThreshold,
  chaosThresholdStep,
  gronwallFactor,
  lemma81Case1,
  criticalLogarithm,
  kernelDifference,
  kernelDifferenceForce,
  kernelDifferenceSharp,
  logLipschitz,
  logLipschitzMaximum,
  logLipschitzValue,
  meanFieldStart,
  meanFieldStartPrinted,
  meanValueStep,
  rate38,
  rate38FarMass,
  rate38FarParticle,
  rate38Start,
  rate38StartValue,
  rate38Ten,
  crossing94,
  crossing9294,
  crossing9294Value,
]
