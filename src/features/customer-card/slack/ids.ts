/** Names of the buttons and forms of a card. What they are about travels in their value. */
export const ACTION = {
  older: 'customer.older',
  newest: 'customer.newest',
  tag: 'customer.tag',
  followUp: 'customer.follow_up',
  stamp: 'customer.stamp',
  voidStamp: 'customer.void_stamp'
} as const
