import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { hmacSha256 } from '../../src/core/hash.ts'

/** Secrets of the test's shop, by source, as MATANE_HOOK_SECRETS would give them. */
export const HOOK_SECRETS = {
  stripe: 'whsec_3J8kQz1vT7mWxY2bN5cR9dF4',
  shopify: 'shpss_0123456789abcdef0123456789abcdef',
  square: 'sq0csp-Yb1cD3eF5gH7jK9mN2pQ4rS6',
  smaregi: 'smaregi-own-header-secret',
  till: `whsec_${Buffer.alloc(24, 5).toString('base64')}`
} as const

/** As the configuration holds them. */
export function secretsOf(secrets: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(secrets).map(([source, secret]) => [source, [secret]]))
}

/** A webhook as its sender posts it. */
export interface Posted {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type How = { readonly secret?: string; readonly atSeconds?: number }

const JSON_TYPE = { 'content-type': 'application/json' } as const
const nowSeconds = () => Math.floor(Date.now() / 1000)

/** Signed as Stripe does, by its own library. */
export function fromStripe(
  event: object,
  { secret = HOOK_SECRETS.stripe, atSeconds = nowSeconds() }: How = {}
): Posted {
  const body = JSON.stringify(event, null, 2)
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: atSeconds })
  return { path: '/hooks/stripe', headers: { ...JSON_TYPE, 'stripe-signature': signature }, body }
}

let deliveries = 0

function next(): string {
  deliveries += 1
  return String(deliveries).padStart(12, '0')
}

/** Signed as Shopify does. Redelivered, it has the same `id`. */
export function fromShopify(
  topic: string,
  payload: object,
  { id, secret }: { id?: string; secret?: string } = {}
): Posted {
  const body = JSON.stringify(payload)
  const headers = {
    ...JSON_TYPE,
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': hmacSha256(secret ?? HOOK_SECRETS.shopify, body).toString('base64'),
    'x-shopify-shop-domain': 'kissa-matane.myshopify.com',
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': id ?? `b54557e4-bdd9-4b37-8a5f-${next()}`
  }
  return { path: '/hooks/shopify', headers, body }
}

/** Signed as Square does: the address it was told, then the body. */
export function fromSquare(
  event: object,
  { secret = HOOK_SECRETS.square, url = 'http://localhost:3000/hooks/square' }: { secret?: string; url?: string } = {}
): Posted {
  const body = JSON.stringify(event)
  const signature = hmacSha256(secret, url, body).toString('base64')
  return { path: '/hooks/square', headers: { ...JSON_TYPE, 'x-square-hmacsha256-signature': signature }, body }
}

/** With the header that a shop chose in Smaregi's settings. */
export function fromSmaregi(payload: object, secret: string = HOOK_SECRETS.smaregi): Posted {
  const headers = {
    ...JSON_TYPE,
    'x-matane-secret': secret,
    'smaregi-event': 'pos:transactions',
    'smaregi-event-id': `1e7c5a0e-d903-4247-82da-${next()}`,
    'smaregi-contract-id': 'skp380c6'
  }
  return { path: '/hooks/smaregi', headers, body: JSON.stringify(payload) }
}

/** A system of the shop's own that signs by Standard Webhooks, with their library. */
export function fromTill(
  payload: unknown,
  { id = `msg_${next()}`, at = new Date() }: { id?: string; at?: Date } = {}
): Posted {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const headers = {
    ...JSON_TYPE,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(HOOK_SECRETS.till).sign(id, at, body)
  }
  return { path: '/hooks/till', headers, body }
}
