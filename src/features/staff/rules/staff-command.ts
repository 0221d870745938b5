import { SETTINGS, type Setting } from './role.ts'

/** What "/matane staff …" asks for; undefined when it cannot be read. */
export type StaffCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'set'; readonly userId: string; readonly setting: Setting }

const SET = /^<@([A-Z0-9]{2,})(?:\|[^>]*)?>\s+(\S+)$/

/** Reads the text as Slack writes it, accounts as <@U…|name>. Only such an id names an account: a typed name may be anybody's. */
export function parseStaffCommand(text: string): StaffCommand | undefined {
  const plain = text.trim()
  if (plain === '' || plain === 'list' || plain === '一覧') return { kind: 'list' }
  const [, userId, word = ''] = SET.exec(plain) ?? []
  const setting = SETTINGS.find((known) => known === word.toLowerCase())
  return userId && setting ? { kind: 'set', userId, setting } : undefined
}
