import { z } from 'zod'
import type { Delivery } from './rules/delivery.ts'

/** The source of our rows in the inbox. */
export const INBOX_SOURCE = 'hook'

const Stored = z.object({
  source: z.string(),
  id: z.string(),
  topic: z.string(),
  headers: z.record(z.string(), z.string()),
  text: z.string(),
  receivedAt: z.iso.datetime()
})

/** A delivery as it lies in the inbox, sealed there; `text` is the body as it came. */
export function writeDelivery(delivery: Omit<Delivery, 'body'> & { readonly text: string }): string {
  const stored: z.input<typeof Stored> = { ...delivery, receivedAt: delivery.receivedAt.toISOString() }
  return JSON.stringify(stored)
}

/** What lies in the inbox, the body as it came: it may be no JSON. */
export function readWritten(written: string): z.infer<typeof Stored> {
  return Stored.parse(JSON.parse(written))
}

/** The delivery again. */
export function readDelivery(written: string): Delivery {
  const { text, receivedAt, ...rest } = readWritten(written)
  return { ...rest, receivedAt: new Date(receivedAt), body: JSON.parse(text) }
}
