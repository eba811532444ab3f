/**
 * `node:async_hooks` of the kernel in a browser: a store that holds for the call and for what it awaits, as long as
 * calls follow each other.
 */
export class AsyncLocalStorage<S> {
  #current: S | undefined

  getStore(): S | undefined {
    return this.#current
  }

  run<T>(store: S, work: () => T): T {
    const before = this.#current
    const back = (): void => {
      this.#current = before
    }
    this.#current = store
    let result: T
    try {
      result = work()
    } catch (error) {
      back()
      throw error
    }
    if (result instanceof Promise) return result.finally(back) as T
    back()
    return result
  }
}
