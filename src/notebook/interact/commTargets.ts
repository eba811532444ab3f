/**
 * Where the kernel finds who answers a comm: the message channel of Jupyter's protocol that a front end opens by the
 * name of a target. Filled by what offers controls, read by the kernel.
 */

/** One open channel to one front end. */
export interface Comm {
  /** Sends data to the front end. */
  send(data: unknown): void
  /** Ends the channel, with a last word. */
  close(data: unknown): void
  /**
   * Runs work when no cell runs and no other turn, as if it were a cell: an interrupt ends it.
   * @returns a promise that rejects with what the work throws, or with an InterruptedError
   */
  turn(turn: Turn): Promise<void>
  /** What Jupyter says of an error, in the lines of the cell that threw it. */
  report(thrown: unknown): { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] }
}

/** Work that waits for its turn. */
export interface Turn {
  /** Aborted by an interrupt of the kernel. */
  readonly controller: AbortController
  /** What the work prints. */
  printed(text: string): void
  work(): Promise<void>
}

/** What hears the messages of one comm. A promise keeps the kernel busy until it is settled. */
export interface CommListener {
  heard(data: unknown): Promise<void> | undefined
  closed(): void
}

/** Takes a comm that a front end opened, or closes it and gives nothing back. */
export type CommTarget = (comm: Comm, data: unknown) => CommListener | undefined

/** By name. */
export const commTargets: Map<string, CommTarget> = new Map()
