// Where free memory begins, and the address of this instance's private scratch region.

/** Byte address behind the module's static data. */
export function heapBase(): usize { return __heap_base }

/** Start of the scratch region of this instance (one per thread): set by whoever runs tasks. */
export let scratch: usize = 0
