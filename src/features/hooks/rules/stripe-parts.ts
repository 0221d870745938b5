import { z } from 'zod'
import type { Named } from './delivery.ts'
import { optional } from './refusal.ts'

/** A notification, opened. */
export interface Notified {
  readonly id: string
  readonly type: string
  readonly atSeconds: number
  readonly object: unknown
  /** What the changed attributes were before. */
  readonly before: Readonly<Record<string, unknown>>
}

/** Another object of Stripe's: its id, or the object itself. */
export const Ref = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])

/** What the shop's own system attached. */
export const Metadata = optional(z.record(z.string(), z.string()))

/** Keys under which shops attach their own ids, by the kind of identity they are. */
const METADATA_KINDS: Readonly<Record<string, string>> = {
  user_id: 'app',
  app_user_id: 'app',
  customer_id: 'ec',
  shopify_customer_id: 'ec',
  member_number: 'pos'
}

/** The shop's own ids of the customer. Only the shop's server can write them, so they are believed. */
export function metadataNames(metadata: z.output<typeof Metadata>): Named[] {
  return Object.entries(METADATA_KINDS).flatMap(([key, kind]) => {
    const value = metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined
    return value === undefined ? [] : [{ kind, value }]
  })
}
