import { comparable } from '../../../core/text.ts'
import type { Right } from './request.ts'

/** What a text asks for. It has to be nothing but that: no sentence is taken for a wish it may deny. */
export type Wish = { readonly do: 'menu' } | { readonly do: 'ask'; readonly right: Right } | { readonly do: 'cancel' }

const MENU = /^(?:プライバシー|個人情報(?:について|の取り?扱い)?|privacy|my data)$/
const DATA = '(?:(?:私|わたし|自分)の)?(?:個人)?(?:情報|データ|記録)'
const WANT =
  '(?:したい(?:です)?|して(?:ください|下さい|ほしい(?:です)?|欲しい(?:です)?)|します|する|を?(?:希望|請求|お願い)(?:します)?)?'
const ASKED: readonly (readonly [Right, RegExp])[] = [
  [
    'disclose',
    new RegExp(
      `^(?:(?:${DATA})(?:の|を)?)?開示(?:請求)?${WANT}$|^${DATA}を(?:見たい|見せて(?:ください)?)$|^(?:see|show|download|export) my data$`
    )
  ],
  ['correct', new RegExp(`^(?:(?:${DATA}|名前)(?:の|を)?)?訂正${WANT}$|^correct my (?:data|name)$`)],
  ['restrict', new RegExp(`^(?:(?:${DATA})(?:の|を)?)?利用停止${WANT}$|^stop using my data$|^restrict my data$`)],
  [
    'erase',
    new RegExp(`^(?:(?:${DATA}|アカウント)(?:の|を)?)?(?:削除|消去)${WANT}$|^(?:please )?(?:delete|erase) my data$`)
  ]
]
const CANCEL =
  /^(?:(?:(?:やっぱり|やはり)?(?:削除|依頼|開示|訂正|利用停止)?(?:を|は)?)?(?:取り?消し?|取り消す|取り消して(?:ください|下さい)?|キャンセル(?:します|する|したい)?|やめます|やめる|やめて(?:ください|下さい)?)|(?:やっぱり|やはり)?(?:削除|消去)し(?:ません|ない|ないで(?:ください|下さい)?|たくない(?:です)?)|cancel(?: (?:it|that|my request|the request|request))?|(?:do not|don't) (?:delete|erase)(?: (?:it|my data|me))?)$/

/** The wish in a text. "cancel" means anything only while a request is open: the caller knows. */
export function wishIn(text: string): Wish | undefined {
  const plain = comparable(text)
    .replaceAll('’', "'")
    .replace(/[。.!\s]+$/, '')
  if (MENU.test(plain)) return { do: 'menu' }
  const right = ASKED.find(([, words]) => words.test(plain))?.[0]
  if (right) return { do: 'ask', right }
  return CANCEL.test(plain) ? { do: 'cancel' } : undefined
}
