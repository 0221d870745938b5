import type { Locale } from '../../../core/locale.ts'
import { messageAction, textMessage, withQuickReplies } from '../../../platform/line/index.ts'
import type { Work } from '../../../platform/work.ts'
import { openAccount, receive } from '../account.ts'
import { usable } from '../rules/ledger.ts'
import { currentProgramme } from '../store/programme.ts'
import { TEXTS } from './texts.ts'

/** A present of points, and the one cause of it: told again it gives nothing more. */
export interface PointsPresent {
  readonly customerId: string
  readonly locale: Locale
  readonly cause: string
  readonly points: number
}

/** Gives points and says so; "known": this cause gave them before; "missing": there are no points (or no such customer). */
export async function handPoints(work: Work, present: PointsPresent): Promise<'given' | 'known' | 'missing'> {
  const { customerId, locale, cause, points } = present
  const programme = await currentProgramme(work.tx)
  const account = programme && (await openAccount(work, customerId))
  if (!account) return 'missing'
  const gain = { kind: 'present', points, cause, at: work.now, expires: programme.definition.expires } as const
  const after = await receive(work, account, gain)
  if (!after) return 'known'
  const texts = TEXTS[locale]
  const said = textMessage(texts.present(texts.points(points), texts.points(usable(after.lots, work.now))))
  work.tell(customerId, [withQuickReplies(said, [messageAction({ label: texts.showPoints, text: texts.word })])])
  return 'given'
}
