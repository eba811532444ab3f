// The force sums: every export of the module. Addresses are byte offsets into the imported shared memory.
export { directReduce, directRows, directSelf } from './direct'
export { directBoxes, directTargetBoxes, mixedRowsTask, mixedSelf } from './directMixed'
export { directScalar } from './directScalar'
export * from './fmm'
export { heapBase, scratch } from './memory'
