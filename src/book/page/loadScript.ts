/**
 * Scripts that are loaded when they are needed, each once. Pages from file:// may load scripts where they may not
 * fetch.
 */

const loading = new Map<string, Promise<void>>()

/** The folder of the book, with its slash: the address of this script, two steps up. */
const base: string = new URL('..', (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI).href

/** An address in the book, from its path below the book's folder. */
export function bookUrl(path: string): string {
  return new URL(path, base).href
}

/** Loads a classic script of the book. A failed load may be tried again. @param path below the book's folder */
export function loadScript(path: string): Promise<void> {
  let known = loading.get(path)
  if (known === undefined) {
    known = new Promise((resolve, reject) => {
      const element = document.createElement('script')
      element.onload = () => resolve()
      element.onerror = () => {
        loading.delete(path)
        element.remove()
        reject(new Error(`${path} could not be loaded`))
      }
      element.src = bookUrl(path)
      document.head.append(element)
    })
    loading.set(path, known)
  }
  return known
}

/** Adds a style sheet of the book to the page. @param path below the book's folder */
export function loadStyle(path: string): void {
  const href = bookUrl(path)
  if (document.querySelector(`link[href="${href}"]`) !== null) return
  const element = document.createElement('link')
  element.rel = 'stylesheet'
  element.href = href
  document.head.append(element)
}
