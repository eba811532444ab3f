/**
 * The regularised kernels k^N_delta: (4) and other profiles of the cut-off at radius N^-delta.
 */
import { requireInteger, requireOneOf, requireOptions, requireSigma, type Sigma } from '../base/errors.js'
import { representableCutoffRadius } from './cutoffRadius.js'
import { inversePower, requireAlpha, signed } from './inversePower.js'
import type { Kernel } from './kernel.js'
import { powerKernel } from './powerKernel.js'
import type { Profile, ProfileRecord } from './profiles/profile.js'
import { type ProfileName, profileRecords } from './profiles.generated.js'

/** Options of {@link cutoffKernel}. */
export interface CutoffKernelOptions {
  /** Number of particles, a positive integer, or Infinity (no cut-off). */
  readonly N: number
  /** Cut-off exponent in [0, Infinity]; Infinity: no cut-off. */
  readonly delta: number
  /** 1 repulsive (default), -1 attractive, 0 none. */
  readonly sigma?: Sigma
  /** Dimension d >= 2, default 3. */
  readonly d?: number
  /** Exponent of the singularity, 0 < alpha <= d, default d - 1 (Coulomb). */
  readonly alpha?: number
  /** Shape inside the cut-off, default 'truncated', which is (4). */
  readonly profile?: ProfileName
}

/** A profile with what its record says of it, and the radius N^-delta that it is scaled to. */
interface ScaledProfile {
  readonly profile: Profile & Pick<ProfileRecord, 'local'> & { readonly name: ProfileName }
  readonly radius: number
}

/** Names of the built-in profiles: that of (4), then local ones by smoothness, then those that act everywhere. */
export const profileNames: readonly ProfileName[] = (Object.keys(profileRecords) as ProfileName[]).sort(
  (a, b) => rank(a) - rank(b),
)

function rank(name: ProfileName): number {
  const { local, smoothness } = profileRecords[name]
  if (name === 'truncated') return -1
  return (local ? 0 : 1000) + Math.min(smoothness, 999)
}

const profiles = new WeakMap<Kernel, ScaledProfile>()

/**
 * The regularised kernel: k^N_delta(q) = sigma q/|q|^(alpha+1) for |q| >= r_c = N^-delta, and inside
 * sigma r_c^-alpha g(|q|/r_c) q/|q| with a profile g: 'truncated', g = s, is the kernel (4), Lipschitz with a kink at
 * r_c; each of the others has a file of src/interaction/profiles that says what it is. The C^1 ones satisfy iii) and
 * iv) with constants > 1; those that are not local, as 'plummer', violate ii).
 *
 * N = 1 (with finite delta) and delta = 0 give r_c = 1. delta = Infinity or N = Infinity give the kernel without
 * cut-off, whatever the profile.
 * @throws TypeError, RangeError naming the argument: N not a positive integer or Infinity, delta not in [0, Infinity]
 * or so large that N^(delta (alpha+1)) overflows, sigma not in {-1, 0, 1}, d not an integer >= 2, alpha not in (0, d],
 * an unknown profile
 * @source (4), Definition 2.1, (9)
 * @example cutoffKernel({ N: 1000, delta: 1 / 3 }).magnitude(0.05) // 50
 */
export function cutoffKernel(options: CutoffKernelOptions): Kernel {
  requireOptions<CutoffKernelOptions>('cutoffKernel', options, {
    N: true,
    delta: true,
    sigma: true,
    d: true,
    alpha: true,
    profile: true,
  })
  const { N, delta, sigma = 1, d = 3, alpha = d - 1, profile: name = 'truncated' } = options
  requireInteger('d', d, 2)
  if (d > 1000) requireInteger('d', d, 2, 1000)
  requireAlpha(alpha, d)
  requireSigma(sigma)
  requireOneOf('profile', name, profileNames)
  const rc = representableCutoffRadius(N, delta, alpha + 1)
  const parameters = { N, delta, sigma, d, alpha, profile: name }
  if (rc === 0) return { ...powerKernel({ alpha, sigma, d }), parameters }

  const { local, build } = profileRecords[name]
  const profile = { name, local, ...build(alpha) }
  const power = inversePower(alpha)
  const steeper = inversePower(alpha + 1)
  const forceUnit = power(rc)
  const gradientUnit = steeper(rc)
  const reach = profile.reach * rc
  const kernel: Kernel = {
    name,
    tex: texOf(profile, alpha),
    d,
    alpha,
    sigma,
    cutoffRadius: local ? rc : Number.POSITIVE_INFINITY,
    breaks: local ? [rc] : [],
    parameters,
    magnitude: r => (r >= reach ? power(r) : forceUnit * profile.value(r / rc)),
    magnitudeDerivative: r => (r >= reach ? -alpha * steeper(r) : gradientUnit * profile.slope(r / rc)),
    potential: r => signed(sigma, profile.potential(r, rc)),
  }
  profiles.set(kernel, { profile, radius: rc })
  return kernel
}

/**
 * The profile that {@link cutoffKernel} built this very kernel from, undefined for any other kernel (copies included):
 * closed forms are used only where they are known to belong to the functions at hand.
 */
export function profileOf(kernel: Kernel): ScaledProfile | undefined {
  return profiles.get(kernel)
}

function texOf({ local, tex, kernelTex }: ScaledProfile['profile'], alpha: number): string {
  const inner = kernelTex ?? `\\sigma\\,N^{${alpha}\\delta}\\,g(N^\\delta|q|)\\,\\frac{q}{|q|},\\quad g(s) = ${tex}`
  if (!local) return inner
  return `k^N_\\delta(q) = \\begin{cases} \\sigma\\,\\frac{q}{|q|^{${alpha + 1}}} & |q| \\ge N^{-\\delta} \\\\ ${inner} & \\text{otherwise} \\end{cases}`
}
