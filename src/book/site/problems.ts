/**
 * What went wrong while pages were made: a formula that cannot be typeset, a link that leads nowhere. The build goes on
 * and lists them; a test asks that there are none.
 */

/** A problem and the page it is on. */
export interface Problem {
  readonly page: string
  readonly message: string
}

/** Collects problems. */
export interface Problems {
  readonly list: readonly Problem[]
  add(page: string, message: string): void
}

/** An empty collection. @example problems().list // [] */
export function problems(): Problems {
  const list: Problem[] = []
  return {
    list,
    add: (page, message) => {
      if (!list.some(known => known.page === page && known.message === message)) list.push({ page, message })
    },
  }
}
