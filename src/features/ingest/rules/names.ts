/**
 * Names of Segment's specifications (e-commerce, mobile, e-mail, B2B) and of common shop systems, for events that the
 * catalogue knows by another name, or in other words than its own ("Order Completed").
 * Names that shops send beside each other ("Order Paid", "Checkout Completed") are not the same: the order would count twice.
 */
const OURS: ReadonlyMap<string, string> = new Map([
  ...named('visit', 'Visited', 'Store Visited', 'Shop Visited', 'Checked In', 'Check In', '来店'),
  ...named('order.completed', 'Purchase', 'Purchased', '購入'),
  ...named('order.refunded', 'Refund', 'Refunded', '返金'),
  ...named('session.started', 'Application Opened', 'App Opened', 'Signed In', 'Logged In', 'Login'),
  ...named('page.viewed', 'Page View', 'Pageview', 'Screen Viewed'),
  ...named('product.viewed', 'View Item', 'Product Clicked'),
  ...named('cart.updated', 'Product Added', 'Product Removed', 'Cart Viewed', 'Add to Cart', 'Remove from Cart'),
  ...named('coupon.redeemed'),
  ...named('cart.abandoned', 'Checkout Abandoned'),
  ...named('feature.used', 'Feature Usage'),
  ...named('inquiry.opened', 'Support Ticket Opened', 'Ticket Created', 'Ticket Opened', 'Case Created', '問い合わせ'),
  ...named('inquiry.resolved', 'Support Ticket Closed', 'Ticket Closed', 'Ticket Resolved', 'Case Closed'),
  ...named('feedback.given', 'Product Reviewed', 'Review Submitted', 'Feedback Submitted'),
  ...named('subscription.started', 'Subscription Created', 'Trial Started'),
  ...named('subscription.updated', 'Plan Changed', 'Subscription Upgraded', 'Subscription Downgraded'),
  ...named('subscription.cancelled', 'Subscription Canceled'),
  ...named('subscription.paid', 'Subscription Renewed', 'Invoice Paid', 'Payment Succeeded'),
  ...named('subscription.payment_failed', 'Payment Failed', 'Invoice Payment Failed'),
  ...named('message.sent', 'Email Sent'),
  ...named('message.delivered', 'Email Delivered', 'Push Notification Received'),
  ...named('message.opened', 'Email Opened'),
  ...named('message.clicked', 'Email Link Clicked', 'Push Notification Tapped'),
  ...named('message.failed', 'Email Bounced', 'Push Notification Bounced')
])

/** The catalogue's name for an event of Segment's, or the name as it was told. */
export function ourName(told: string): string {
  return OURS.get(plain(told)) ?? told
}

/** What only Matane itself can know: nobody else may tell of it. */
const OWN = /^(line|stamp|stamp_card|follow_up|attribution|segment|consent|privacy|risk)\./

/** Whether an event, by the catalogue's name, may be told by others. */
export function mayBeTold(name: string): boolean {
  return !OWN.test(name)
}

/** What a browser may tell of, besides events of the shop's own: nothing that counts as money, a visit or an answer. */
const BROWSERS: ReadonlySet<string> = new Set([
  ...['page.viewed', 'session.started', 'product.viewed', 'cart.updated', 'feature.used']
])

/** Whether an event may come with a browser's key, which everybody can read in the page. */
export function mayComeFromBrowser(name: string, isKnown: boolean): boolean {
  return !isKnown || BROWSERS.has(name)
}

function named(ours: string, ...theirs: readonly string[]): (readonly [string, string])[] {
  return [ours, ...theirs].map((name) => [plain(name), ours] as const)
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s/:._-]+/g, '_')
}
