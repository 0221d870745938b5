import { lockKey } from '../../platform/db/index.ts'
import { sharedLocale } from '../../platform/settings/index.ts'
import type { Work } from '../../platform/work.ts'
import { say } from './announce.ts'
import { changeFollowUp } from './change-follow-up.ts'
import { redactWords } from './store/reasons.ts'
import { withdrawnLine } from './texts.ts'

/** Forgets what a customer wrote and took back, and draws the cards that showed it again without it. */
export async function withdrawWords(work: Work, customerId: string, cause: string): Promise<void> {
  await lockKey(work.tx, customerId)
  const locale = await sharedLocale(work.tx)
  for (const id of await redactWords(work.tx, customerId, cause)) {
    await changeFollowUp(work, { id, actor: 'customer', change: { kind: 'redraw' } })
    say(work, id, withdrawnLine(locale))
  }
}
