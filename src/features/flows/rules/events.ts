/** The facts that can start a flow or end a wait. A room that records a new kind of fact adds its name here. */
export const EVENTS = [
  'line.followed',
  'visit',
  'order.completed',
  'cart.abandoned',
  'stamp.granted',
  'stamp_card.completed',
  'coupon.granted',
  'subscription.cancelled',
  'subscription.payment_failed',
  'survey.answered',
  'segment.entered',
  'segment.left',
  'follow_up.resolved'
] as const
