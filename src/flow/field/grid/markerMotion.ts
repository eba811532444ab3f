/** How markers move in the force of their own density, whatever makes that force, and how such a run is watched. */
import { symplecticScheme } from '../../step/symplecticScheme.js'

/** Lets other work run between pieces of this one, told the part done and what is being done; throws to stop. */
export type Pause = (part: number, stage: string) => Promise<void>

type Told = (part: number, stage: string) => void

/** The pause of a solver: tells its caller and its bar, if it has one, how far it is, and stops at the signal. */
export function pausing(
  { signal, onProgress }: { readonly signal?: AbortSignal | undefined; readonly onProgress?: Told | undefined },
  report?: Told | undefined,
): Pause {
  return async (part, stage) => {
    onProgress?.(part, stage)
    report?.(part, stage)
    await new Promise<void>(resolve => setTimeout(resolve, 0))
    signal?.throwIfAborted()
  }
}

/** What is moved, and what is done between. */
interface MarkerMotion {
  readonly T: number
  /** Number of steps, each of T/steps. */
  readonly steps: number
  /** Moves the markers freely for a time. */
  readonly drift: (dt: number) => void
  /** Makes the field of the markers where they are. */
  readonly solve: () => void
  /** Changes their momenta by that field. */
  readonly kick: (dt: number) => void
  /** Whether to give up after a field, such as for markers that left the grid; default: never. */
  readonly lost?: () => boolean
  /** Called with 0, ..., steps when the markers are at the times t_0 = 0, ..., t_steps = T. */
  readonly record: (step: number) => void
  /**
   * Called after every force and every record with the steps done, parts of steps included. May yield to other work and
   * throw to stop the run.
   */
  readonly pause?: ((step: number) => Promise<void>) | undefined
}

/**
 * Moves markers by Yoshida's scheme of order 4, which needs three forces a step against leapfrog's one but, at a
 * relative accuracy of 1e-3 and below, several times fewer of them; Suzuki's needs five for an error that the noise of
 * the markers hides.
 * @returns false if it gave up
 */
export async function moveMarkers(motion: MarkerMotion): Promise<boolean> {
  const { T, steps, drift, solve, kick, lost, record, pause } = motion
  const { drifts, kicks } = symplecticScheme('yoshida4')
  const dt = T / steps
  solve()
  record(0)
  for (let step = 1; step <= steps; step++) {
    kick(kicks[0]! * dt)
    for (let s = 0; s < drifts.length; s++) {
      drift(drifts[s]! * dt)
      solve()
      if (lost?.()) return false
      kick(kicks[s + 1]! * dt)
      // At a million markers a force takes a second, and what is recorded may take as long.
      await pause?.(step - 1 + (s + 1) / drifts.length)
    }
    record(step)
    await pause?.(step)
  }
  return true
}
