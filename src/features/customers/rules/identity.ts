import { ok, type Result } from '../../../core/result.ts'
import { storable } from '../../../core/text.ts'

/**
 * The kinds of identity that others than LINE may tell, the strongest first: an account says more about who somebody is
 * than a way to reach them, and a browser says least. LINE's own comes from LINE's signed webhooks alone.
 */
export const TOLD_KINDS = ['app', 'ec', 'pos', 'billing', 'phone', 'email', 'anonymous'] as const
export type ToldKind = (typeof TOLD_KINDS)[number]

/** An identity as it is stored and compared: made by `toldIdentity`. */
export interface ToldIdentity {
  readonly kind: ToldKind
  readonly value: string
}

export interface BadIdentity {
  readonly kind: 'bad_identity'
  /** What to send instead. */
  readonly message: string
}

/** Writes an identity the way it is stored; the same person told in another way of writing is the same. Never throws. */
export function toldIdentity(kind: string, told: unknown): Result<ToldIdentity, BadIdentity> {
  if (kind === 'line') return bad('A LINE id comes from LINE alone: link the account in the chat instead')
  const known = TOLD_KINDS.find((each) => each === kind)
  if (!known) return bad(`There is no identity "${kind.slice(0, 40)}": use ${TOLD_KINDS.join(', ')}`)
  if (typeof told !== 'string' && typeof told !== 'number') return bad(`${kind} must be a text`)
  const text = storable(String(told)).normalize('NFKC').trim()
  const value = known === 'email' ? email(text) : known === 'phone' ? phone(text) : accountId(text)
  return value === undefined ? bad(HINTS[known]) : ok({ kind: known, value })
}

const ID_HINT = 'must be an id of 1 to 200 characters that belongs to one person (not null, guest or unknown)'
const HINTS: Readonly<Record<ToldKind, string>> = {
  ...{
    app: `app ${ID_HINT}`,
    ec: `ec ${ID_HINT}`,
    pos: `pos ${ID_HINT}`,
    billing: `billing ${ID_HINT}`,
    anonymous: `anonymous ${ID_HINT}`
  },
  phone: 'phone must be a Japanese number such as 090-1234-5678, or an international one such as +819012345678',
  email: 'email must be an address such as hanako@example.jp'
}

const EMAIL = /^[^\s@,;:<>()[\]\\"]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** Lower case throughout: hardly any server tells Hanako@ from hanako@, and people write both. */
function email(text: string): string | undefined {
  const address = text.toLowerCase().replace(/^mailto:/, '')
  return address.length <= 254 && EMAIL.test(address) ? address : undefined
}

const PHONE_MARKS = /[\s().\-‐‑‒–—―−ー〜~/]/g
/** Mobile, IP and free numbers (020, 050, 060, 070, 080, 090, 0800) have ten digits after the 0; all others nine. */
const JAPANESE = /^(?:[2-9]0\d{8}|[1-9][1-9]\d{7})$/

/** E.164 (+819012345678) from how Japanese numbers are written; international ones only with + or 010. */
function phone(text: string): string | undefined {
  const digits = text.replace(PHONE_MARKS, '').replace(/^tel:?/i, '')
  if (!/^\+?\d{8,18}$/.test(digits)) return undefined
  const international = digits.replace(/^(?:\+|010|0081(?=[1-9])|81(?=[7-9]0\d{8}$))/, (prefix) =>
    prefix.endsWith('81') ? '+81' : '+'
  )
  if (!international.startsWith('+')) return digits.startsWith('0') ? japanese(digits.slice(1)) : undefined
  if (international.startsWith('+81')) return japanese(international.slice(3).replace(/^0/, ''))
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : undefined
}

function japanese(national: string): string | undefined {
  return JAPANESE.test(national) ? `+81${national}` : undefined
}

/** What forms and scripts send when there is nobody: as an id it would make one customer of many. */
const NOBODY = new Set([
  ...['null', 'undefined', 'none', 'nil', 'nan', 'n/a', 'na', 'anonymous', 'guest', 'unknown', 'test', 'true', 'false'],
  ...['[object object]', '[object undefined]', '0', '-1', '-', '匿名', 'ゲスト', '不明', 'なし', '未登録']
])

/** Ids of accounts keep their letters: "aB1" and "ab1" may be two people. */
function accountId(text: string): string | undefined {
  if (text.length < 1 || text.length > 200 || /\p{Cc}/u.test(text)) return undefined
  return NOBODY.has(text.toLowerCase()) || /^[0-]+$/.test(text) ? undefined : text
}

function bad(message: string): { readonly ok: false } & BadIdentity {
  return { ok: false, kind: 'bad_identity', message }
}
