import { tellNotice } from '../../platform/slack/notice.ts'
import type { Work } from '../../platform/work.ts'
import type { Delivery, PrivacyDemand } from './rules/delivery.ts'
import { TEXTS } from './texts.ts'

/** Tells staff what privacy law demands of them. The customer is named by the sender's id alone. */
export async function passOn(work: Work, { source, id }: Delivery, { kind, customer }: PrivacyDemand): Promise<void> {
  await tellNotice(work, {
    name: `hook:${source}:${id}`,
    text: (locale) => TEXTS[locale][kind]({ source, customer: customer ?? '–' })
  })
}
