/**
 * Tables whose columns have names: a name that does not exist is an error, where undefined would go on as NaN.
 */
import { requireOneOf } from './errors.js'

/** What runtimes, printers and tests ask of any object, to learn what it is. */
const PROBES = new Set('then toJSON inspect length size nodeType tagName href protocol asymmetricMatch'.split(' '))

/**
 * The columns as they are, but for one thing: reading a name that does not exist throws. Own properties, iteration,
 * spreading, `in`, JSON, structured clones, printing and `await` see a plain object: only its prototype watches.
 * @throws on reading a name that does not exist: RangeError with the list and the nearest
 * @example knownColumns({ Delta: [0, 1] }).delta // RangeError: column must be one of "Delta", got "delta"; did you mean ...
 */
export function knownColumns<T>(columns: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const names = Object.keys(columns)
  const prototype = new Proxy(
    {},
    {
      get: (target, key, receiver) => {
        if (typeof key === 'string' && !(key in target) && !PROBES.has(key) && !/^(\$\$|@@)/.test(key)) {
          requireOneOf('column', key, names)
        }
        return Reflect.get(target, key, receiver)
      },
    },
  )
  return Object.assign(Object.create(prototype), columns)
}
