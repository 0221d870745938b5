import type { Tx } from '../../platform/db/index.ts'
import { current } from '../definitions/index.ts'
import { HOOK, hookOf } from './definition-kind.ts'
import type { Delivery, Reader } from './rules/delivery.ts'
import { idIn, readMapped, topicIn } from './rules/map-delivery.ts'
import type { Scheme } from './rules/scheme.ts'
import { readShopify } from './rules/shopify.ts'
import { readStripe } from './rules/stripe.ts'

type Request = Pick<Delivery, 'headers' | 'body'>

/** A system that may tell us of events: how it proves itself, and what it says. */
export interface Source {
  readonly scheme: Scheme
  /** The sender's own id of a delivery; undefined when it gives none. */
  idOf(request: Request): unknown
  topicOf(request: Request): unknown
  readonly read: Reader
}

const STRIPE: Source = {
  scheme: { by: 'stripe' },
  idOf: ({ body }) => field(body, 'id'),
  topicOf: ({ body }) => field(body, 'type'),
  read: readStripe
}

const SHOPIFY: Source = {
  scheme: { by: 'hmac', header: 'x-shopify-hmac-sha256', encoding: 'base64', over: 'body' },
  idOf: ({ headers }) => headers['x-shopify-webhook-id'],
  topicOf: ({ headers }) => headers['x-shopify-topic'],
  read: readShopify
}

/** The source of this name: Stripe and Shopify (also as "shopify-kids", for a second shop), else a file under flows/hooks/. */
export async function findSource(tx: Tx, { name, timeZone }: { name: string; timeZone: string }) {
  const builtIn = builtInSource(name)
  if (builtIn) return builtIn
  const definition = await current(tx, HOOK, name)
  return definition && mappedSource(definition.body, timeZone)
}

function builtInSource(name: string): Source | undefined {
  if (/^stripe(-|$)/.test(name)) return STRIPE
  return /^shopify(-|$)/.test(name) ? SHOPIFY : undefined
}

function mappedSource(body: unknown, timeZone: string): Source {
  const hook = hookOf(body)
  return {
    scheme: hook.verify,
    idOf: (request) => idIn(hook, request),
    topicOf: (request) => topicIn(hook, request),
    read: (delivery) => readMapped(hook, delivery, timeZone)
  }
}

function field(body: unknown, key: string): unknown {
  return body !== null && typeof body === 'object' ? Reflect.get(body, key) : undefined
}
