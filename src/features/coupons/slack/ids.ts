/** Names of the buttons and forms about coupons. What they are about travels in their value. */
export const ACTION = {
  list: 'coupon.list',
  use: 'coupon.use',
  undo: 'coupon.undo',
  withdraw: 'coupon.withdraw',
  give: 'coupon.give',
  pause: 'coupon.pause',
  resume: 'coupon.resume',
  create: 'coupon.create'
} as const

/** block_ids of the forms' fields. */
export const FIELD = { shop: 'shop', when: 'when', amount: 'amount', reason: 'reason', coupon: 'coupon' } as const
