import type { Locale } from '../../core/locale.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import { LANGUAGE, readSetting, type SettingState } from '../../platform/settings/index.ts'
import { type CustomerSummary, customerSummary, lineIdentity } from '../customers/index.ts'
import { lastScore } from '../surveys/index.ts'
import { type FollowUp, findFollowUp } from './store/follow-ups.ts'
import { type Reason, reasonsOf } from './store/reasons.ts'

/** All that a card shows. */
export interface CardData {
  readonly followUp: FollowUp
  readonly customer: CustomerSummary
  /** The language of what many people read. */
  readonly language: SettingState<Locale>
  /** They block the account: nothing that is sent reaches them. */
  readonly blocked: boolean
  /** Oldest first. `scoreBefore` = the customer's NPS before this one; null when there was none. */
  readonly reasons: readonly (Reason & { readonly scoreBefore: number | null })[]
}

/** Reads a follow-up's card in one transaction, so that its parts fit together; undefined when it, or its customer, is gone. */
export function loadCard(db: Database, id: string): Promise<CardData | undefined> {
  return db.transaction(async (tx) => {
    const followUp = await findFollowUp(tx, db.cipher, id)
    const customer = followUp && (await customerSummary(tx, db.cipher, followUp.customerId))
    if (!followUp || !customer) return undefined
    const reasons = await reasonsOf(tx, db.cipher, id)
    const blocked = (await lineIdentity(tx, db.cipher, customer.id))?.blockedAt !== undefined
    const language = await readSetting(tx, LANGUAGE)
    return { followUp, customer, language, blocked, reasons: await withScoresBefore(tx, customer.id, reasons) }
  })
}

/** What is left to show of a follow-up whose customer was erased; undefined when there is none such. */
export async function loadErased(
  db: Database,
  id: string
): Promise<Pick<CardData, 'followUp' | 'language'> | undefined> {
  const followUp = await findFollowUp(db.prisma, db.cipher, id)
  return followUp?.erasedAt ? { followUp, language: await readSetting(db.prisma, LANGUAGE) } : undefined
}

async function withScoresBefore(tx: Tx, customerId: string, reasons: readonly Reason[]) {
  const known = []
  for (const reason of reasons) {
    const scored = reason.kind === 'nps' && reason.score !== null
    const before = scored ? await lastScore(tx, customerId, { survey: 'nps', before: reason.at }) : undefined
    known.push({ ...reason, scoreBefore: before?.score ?? null })
  }
  return known
}
