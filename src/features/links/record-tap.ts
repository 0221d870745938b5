import { z } from 'zod'
import type { InboxConsumer, InboxEvent } from '../../platform/queue/index.ts'
import { recordFact } from '../events/index.ts'
import { findByHash, type KeptLink, noteFirstTap } from './store.ts'

const SOURCE = 'link'
const Body = z.object({ link: z.string(), day: z.string() })

/** A tap as it is stored, one for each link and day; undefined = nobody is known whose it could be. */
export function tapEvent(
  { tokenHash, customerId }: KeptLink,
  { at, day }: { readonly at: Date; readonly day: string }
): InboxEvent | undefined {
  if (customerId === null) return undefined
  const body = JSON.stringify({ link: tokenHash, day } satisfies z.infer<typeof Body>)
  return { source: SOURCE, eventId: `${tokenHash}:${day}`, key: customerId, occurredAt: at, body }
}

/** Makes the fact message.clicked of a tap, of whoever the link belongs to by then: nobody, when they were erased. */
export const tapConsumer: InboxConsumer = {
  source: SOURCE,
  async handle(work, { body, occurredAt: at }) {
    const { link: tokenHash, day } = Body.parse(JSON.parse(body))
    const link = await findByHash(work.tx, tokenHash)
    if (!link || link.customerId === null) return
    await noteFirstTap(work.tx, tokenHash, at)
    await recordFact(work, {
      ...{ customerId: link.customerId, name: 'message.clicked', at, source: 'link', sourceId: `${tokenHash}:${day}` },
      properties: { campaign: link.flow, link: `${link.step}:${link.button}`, via: 'line' }
    })
  }
}
