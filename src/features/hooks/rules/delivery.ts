/** What a shop or payment service told us, proven to be from it. */
export interface Delivery {
  /** "stripe", "shopify", "square": the last part of the address it was sent to. */
  readonly source: string
  /** The sender's own id: the same delivery told again has the same. */
  readonly id: string
  /** What it is about, in the sender's words ("invoice.paid", "orders/create"). */
  readonly topic: string
  /** By small letters; without the signature. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly receivedAt: Date
}

/** An identity as the sender writes it; who can be found by it says customers' `toldIdentity`. */
export interface Named {
  readonly kind: string
  readonly value: unknown
}

/** Something that happened, in our words. */
export interface HookEvent {
  /** The catalogue's name, or a custom one; undefined = nothing happened, it only says whose identities these are. */
  readonly name: string | undefined
  /** Unique within the source, the same in whatever delivery it is told. */
  readonly id: string
  readonly at: Date
  readonly shop?: string | undefined
  readonly who: readonly Named[]
  /** What it says of them, by customers' names of attributes (name, birthday, prefecture). */
  readonly about?: Readonly<Record<string, unknown>> | undefined
  /** The `id` of the order it belongs to: whoever that is of, for senders that name no customer with it. */
  readonly ofOrder?: string | undefined
  readonly properties: Readonly<Record<string, unknown>>
}

/** A demand of privacy law that a shop system passes on. */
export interface PrivacyDemand {
  readonly kind: 'data_request' | 'erasure' | 'shop_erasure'
  /** The sender's name for the customer, an id without a name; undefined = all of a shop's. */
  readonly customer: string | undefined
  /** How the customer may be known here. */
  readonly who: readonly Named[]
}

export interface Understood {
  readonly events: readonly HookEvent[]
  readonly demands?: readonly PrivacyDemand[]
}

/** Reads a delivery. Throws a Refusal when it says something that cannot be taken. */
export type Reader = (delivery: Delivery) => Understood

/** Nothing in it is for us. */
export const NOTHING: Understood = { events: [] }
