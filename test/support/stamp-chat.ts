import { customersFeature } from '../../src/features/customers/index.ts'
import { findShop } from '../../src/features/shops/index.ts'
import { codeAt, formatCode } from '../../src/features/shops/rules/counter-code.ts'
import type { StampCardDefinition } from '../../src/features/stamps/rules/definitions.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { lineTurns } from './line-turns.ts'
import { loyaltyFeatures, publishLoyalty } from './loyalty.ts'
import { testScope } from './queue.ts'

/** Reads Japanese. */
export const HANAKO = 'U00000000000000000000000000000001'
/** Reads English. */
export const EMMA = 'U00000000000000000000000000000002'

/** What stampChat takes after the database. */
export type How = [
  change?: Partial<StampCardDefinition>,
  others?: readonly Feature[],
  more?: readonly Partial<StampCardDefinition>[]
]

/** A chat with customers, and the demo shop's stamp card with changes, beside `others` and `more` programmes. */
export async function stampChat(db: Database, ...[change = {}, others = [], more = []]: How) {
  const scope = testScope(db, new Date('2026-11-21T12:00:00+09:00'))
  const turns = lineTurns(scope, [customersFeature, ...loyaltyFeatures(() => turns.realNow), ...others])
  turns.profiles.set(HANAKO, { displayName: '佐藤 花子', language: 'ja' })
  turns.profiles.set(EMMA, { displayName: 'Emma', language: 'en' })
  await publishLoyalty(db, change, more)
  const code = async (shop = 'kichijoji') => {
    const secret = (await findShop(db.prisma, db.cipher, shop))?.secret ?? new Uint8Array(32)
    return formatCode(codeAt(shop, secret, turns.realNow.getTime()))
  }
  const travel = (ms: number) => {
    turns.realNow = new Date(turns.realNow.getTime() + ms)
    scope.at = new Date(scope.at.getTime() + ms)
  }
  return { turns, code, travel }
}

/** Every text of a message that a person can read, in reading order; quick replies last. */
export function words(message: unknown): string[] {
  if (Array.isArray(message)) return message.flatMap(words)
  if (message === null || typeof message !== 'object') return []
  const own = ('label' in message ? ['label'] : ['text']).flatMap((name) => {
    const value: unknown = Reflect.get(message, name)
    return typeof value === 'string' && value !== '' ? [value] : []
  })
  const parts = ['header', 'body', 'footer', 'contents', 'action', 'quickReply', 'items']
  return [...own, ...parts.flatMap((name) => words(Reflect.get(message, name)))]
}

/** The words of a message in one line. */
export const text = (message: unknown) => words(message).join(' | ')
