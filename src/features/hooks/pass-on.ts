import { tellNotice } from '../../platform/slack/notice.ts'
import type { Work } from '../../platform/work.ts'
import { type PrivacyPort, passOnRequest } from '../rights/index.ts'
import { identitiesOf } from './identities-of.ts'
import type { Delivery, PrivacyDemand } from './rules/delivery.ts'
import { TEXTS } from './texts.ts'

const RIGHT_OF = { data_request: 'disclose', erasure: 'erase' } as const

/**
 * Makes a request of what privacy law demands about a customer; staff see its card. What is about nobody here, or about a
 * whole shop, they are told, with the sender's id of the customer alone.
 */
export async function passOn(work: Work, { delivery, demand }: Demanded, port: PrivacyPort): Promise<void> {
  const { source, id } = delivery
  const { kind, customer, who } = demand
  if (kind !== 'shop_erasure') {
    const passed = { source, id, right: RIGHT_OF[kind], who: identitiesOf(who) }
    if (await passOnRequest(work, passed, port)) return
  }
  await tellNotice(work, {
    name: `hook:${source}:${id}`,
    text: (locale) => TEXTS[locale][kind]({ source, customer: customer ?? '–' })
  })
}

interface Demanded {
  readonly delivery: Delivery
  readonly demand: PrivacyDemand
}
