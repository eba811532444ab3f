// The force sums: every export of the module. Addresses are byte offsets into the imported shared memory.
export { heapBase, scratch } from './memory'
export * from './direct'
