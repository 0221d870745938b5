import { type Bag, bagOf, firstOf, present, textOf } from './bag.ts'
import type { Fault } from './fault.ts'

const LINES_MAX = 200

/** What the catalogue's events take from the properties of Segment's; what is there under the catalogue's name stays. */
const READ: Readonly<Record<string, (given: Bag, context: Bag) => Bag>> = {
  'order.completed': (given) => ({ ...money(given), order_id: orderId(given), lines: linesOf(given.products) }),
  'order.refunded': (given) => ({ ...money(given), order_id: orderId(given) }),
  visit: money,
  'coupon.redeemed': money,
  'cart.updated': (given) => ({ items: listLength(given.products) }),
  'cart.abandoned': (given) => ({ ...money(given), items: listLength(given.products) }),
  'product.viewed': (given) => ({ amount: yen(given.price) }),
  'session.started': (_given, context) => ({
    platform: firstOf(bagOf(context.os), 'name') ?? firstOf(bagOf(context.device), 'type')
  }),
  'inquiry.opened': (given) => ({ inquiry_id: firstOf(given, 'ticket_id', 'case_id') }),
  'inquiry.resolved': (given) => ({ inquiry_id: firstOf(given, 'ticket_id', 'case_id') }),
  'feedback.given': (given) => ({ sentiment: sentimentOf(given.rating) }),
  'subscription.started': subscription,
  'subscription.updated': subscription,
  'subscription.cancelled': subscription,
  'subscription.paid': subscription,
  'subscription.payment_failed': subscription,
  'message.sent': message,
  'message.delivered': message,
  'message.opened': message,
  'message.clicked': message,
  'message.failed': message
}

/** An event's properties with what the catalogue asks for, as far as Segment's properties tell it. */
export function ourProperties(name: string, given: Bag, context: Bag): Bag {
  const read = Object.hasOwn(READ, name) ? READ[name] : undefined
  return read ? { ...present(read(given, context)), ...present(given) } : given
}

/** Amounts in another currency are nothing that could be added to yen. */
export function currencyFault(name: string, given: Bag): Fault | undefined {
  const told = textOf(given.currency)
  if (!Object.hasOwn(READ, name) || told === undefined || told.trim().toUpperCase() === 'JPY') return undefined
  return { field: 'properties.currency', message: 'only JPY is counted: send the amount in yen' }
}

function money(given: Bag): Bag {
  return { amount: yen(firstOf(given, 'total', 'revenue', 'value')) }
}

/** Yen written as a text ("1200", "1200.00") are as good as a number. */
function yen(told: unknown): unknown {
  return typeof told === 'string' && /^\d{1,12}(\.0+)?$/.test(told) ? Number(told) : told
}

function orderId(given: Bag): unknown {
  return firstOf(given, 'orderId', 'transaction_id')
}

function subscription(given: Bag): Bag {
  return {
    ...money(given),
    subscription_id: firstOf(given, 'subscriptionId'),
    plan: firstOf(given, 'plan_name', 'plan_id')
  }
}

function message(given: Bag): Bag {
  const link = textOf(firstOf(given, 'link_url', 'url'))
  return {
    message_id: firstOf(given, 'email_id', 'notification_id'),
    campaign: firstOf(given, 'campaign_name', 'campaign_id'),
    link: link?.split(/[?#]/, 1)[0],
    via: given.email_id === undefined ? undefined : 'email'
  }
}

/** An order's lines from Segment's products: what was bought, how many, and for how much together. */
function linesOf(products: unknown): unknown {
  if (!Array.isArray(products) || products.length > LINES_MAX) return undefined
  const lines = products.map((product: unknown) => {
    const bag = bagOf(product)
    const quantity = firstOf(bag, 'quantity') ?? 1
    const price = yen(firstOf(bag, 'price'))
    const amount = typeof price === 'number' && typeof quantity === 'number' ? Math.round(price * quantity) : undefined
    return present({ sku: firstOf(bag, 'sku', 'product_id'), category: firstOf(bag, 'category'), quantity, amount })
  })
  // A product without a price says too little: the amount of the order is what counts.
  return lines.every((line) => Number.isSafeInteger(line.amount) && Number(line.amount) >= 0) ? lines : undefined
}

function listLength(list: unknown): number | undefined {
  return Array.isArray(list) ? list.length : undefined
}

/** Of five stars. */
function sentimentOf(rating: unknown): string | undefined {
  const stars = typeof rating === 'string' ? Number(rating) : rating
  if (typeof stars !== 'number' || !(stars >= 0)) return undefined
  if (stars <= 2) return 'negative'
  return stars < 4 ? 'neutral' : 'positive'
}
