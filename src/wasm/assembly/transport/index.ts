// Exact transport between two clouds of n points: every export of the module. Costs are computed on the fly.
export { beginRound, bid, bids, boundRows, leastOf } from './auction'
export { beginRepair, repair, repaired } from './augment'
export { prepareColumns, refreshPrices } from './scan'
export { costOf, matchCost, owner, partner, price, rowMinimum, scans, setUp, work, X, Y } from './state'
