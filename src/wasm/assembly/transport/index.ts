// Exact transport between two clouds of n points: every export of the module. Costs are computed on the fly.
export { beginRound, bid, bids, boundRows, leastOf } from './auction'
export { abandonSearch, beginRepair, repair } from './augment'
export { pricesFromRows, startingRow } from './start'
export { prepareColumns, refreshPrices } from './scan'
export { bound, costOf, forgetLists, matchCost, owner, partner, price, rowMinimum, scans, setUp, work, X, Y } from './state'
