// Kernels: (2), the cut-off kernel (4) and other regularisations, majorants.
export {
  type ConditionCheck,
  checkRegularisation,
  type GradientConditionCheck,
  type RegularisationCheck,
} from './checkRegularisation.js'
export { coulombKernel } from './coulombKernel.js'
export { type CustomKernelOptions, customKernel } from './customKernel.js'
export { type CutoffKernelOptions, cutoffKernel } from './cutoffKernel.js'
export { cutoffRadius } from './cutoffRadius.js'
export type { GradientNorm } from './gradientNorms.js'
export { euclideanNorm, type Kernel, kernelForce, kernelGradient, maximumNorm } from './kernel.js'
export { type KernelNorms, kernelNorms } from './kernelNorms.js'
export {
  extremalMajorant,
  type LipschitzMajorantOptions,
  lipschitzMajorant,
  type RadialMajorant,
} from './lipschitzMajorant.js'
export { type PowerKernelOptions, powerKernel } from './powerKernel.js'
export type { ProfileName } from './profiles.generated.js'
