import type { Context } from '../../platform/feature.ts'
import { type SentMessage, takeSent } from '../../platform/queue/index.ts'
import type { Fact } from '../../platform/work.ts'
import { recordFacts } from './record-fact.ts'

const AT_ONCE = 200

/**
 * Makes an event of each message that was pushed to a customer and has none yet; how many. Apart from the sending itself,
 * which must not wait for it: nothing is lost meanwhile, because the outbox keeps what was sent for a month.
 */
export async function recordSent({ perform, scope }: Context, isOver: () => boolean): Promise<number> {
  let recorded = 0
  for (let found = AT_ONCE; found === AT_ONCE && !isOver(); recorded += found) {
    found = await perform(`events:sent:${scope.now().toISOString()}:${recorded}`, async (work) => {
      const sent = await takeSent(work.tx, AT_ONCE)
      await recordFacts(
        work,
        sent.flatMap((message) => factOf(message, work.now))
      )
      return sent.length
    })
  }
  return recorded
}

/** None of somebody who was erased meanwhile. */
function factOf({ id, customerId, agoMs }: SentMessage, now: Date): Fact[] {
  if (customerId === null) return []
  const properties = { message_id: id, via: 'line' }
  const at = new Date(now.getTime() - agoMs)
  return [{ customerId, name: 'message.sent', at, source: 'line', sourceId: `sent:${id}`, properties }]
}
