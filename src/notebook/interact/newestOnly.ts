/**
 * Sends states so that one request is on its way at a time and the newest state is never lost. The labextension carries
 * this function's text, so it uses nothing from outside its own body.
 */
export function newestOnly<State>(channel: {
  /** Sends a state under a number. */
  send(seq: number, state: State): void
  /** Says, once for each request, that a newer state waits for its answer. */
  newer(seq: number): void
}): NewestOnly<State> {
  let last = 0
  let underWay: number | undefined
  let told = false
  let waiting: { readonly state: State } | undefined
  function start(state: State): void {
    underWay = ++last
    told = false
    channel.send(last, state)
  }
  return {
    offer(state) {
      if (underWay === undefined) return start(state)
      waiting = { state }
      if (told) return
      told = true
      channel.newer(underWay)
    },
    awaits: seq => seq === underWay,
    answered(seq) {
      if (seq !== underWay) return
      underWay = undefined
      const next = waiting
      waiting = undefined
      if (next !== undefined) start(next.state)
    },
    reset() {
      underWay = undefined
      waiting = undefined
    },
  }
}

/** What {@link newestOnly} gives. */
export interface NewestOnly<State> {
  /** Sends a state now, or when the request under way is answered, unless a newer one comes before. */
  offer(state: State): void
  /** Whether this is the number of the request under way. */
  awaits(seq: number): boolean
  /** The request under way is done with; other numbers are late and mean nothing. */
  answered(seq: number): void
  /** Forgets the request under way, and what waits: no answer will come. */
  reset(): void
}
