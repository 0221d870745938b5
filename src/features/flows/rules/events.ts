/**
 * The facts that can start a flow or end a wait. A room that records a new kind of fact adds its name here; not what happens
 * many times a day (pages, sessions), as each makes work of its own.
 */
export const EVENTS = [
  'line.followed',
  'line.linked',
  'visit',
  'order.completed',
  'order.refunded',
  'cart.abandoned',
  'inquiry.opened',
  'inquiry.resolved',
  'feedback.given',
  'stamp.granted',
  'stamp_card.completed',
  'coupon.granted',
  'coupon.redeemed',
  'points.spent',
  'message.clicked',
  'subscription.started',
  'subscription.paid',
  'subscription.cancelled',
  'subscription.payment_failed',
  'survey.answered',
  'segment.entered',
  'segment.left',
  'tier.changed',
  'follow_up.resolved'
] as const
