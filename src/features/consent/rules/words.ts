import { comparable } from '../../../core/text.ts'
import type { Frequency } from './contact.ts'

/** What a text asks for; it must be nothing else than these words, so that no sentence is misread. */
export type Wish = { readonly do: 'menu' } | { readonly do: 'frequency'; readonly to: Frequency }

const MENU =
  /^(?:設定(?:(?:を|の)?(?:変更|確認)(?:したい(?:です)?|する)?)?|せってい|配信設定|通知設定|settings?|preferences)$/
const TOLD = '(?:お知らせ|おしらせ|配信|通知|メッセージ)'
const FREQUENCY: readonly (readonly [Frequency, RegExp])[] = [
  [
    'stop',
    new RegExp(
      `^(?:${TOLD}(?:を|の|は)?(?:停止|ストップ|不要|いらない|いりません|(?:止|や|停)めて(?:ください|下さい|ほしい)?|停止して(?:ください|下さい)?|オフ)(?:です)?|配信停止希望|stop|stop messages|unsubscribe from messages|opt out)$`
    )
  ],
  [
    'less',
    new RegExp(
      `^(?:${TOLD}(?:を|の頻度を|の回数を)?(?:減らす|減らして(?:ください|下さい|ほしい)?|少なめ(?:に)?)|less|less often|fewer messages)$`
    )
  ],
  ['coupons', new RegExp(`^(?:クーポンだけ(?:${TOLD})?(?:希望|にする)?|only coupons|coupons only)$`)],
  [
    'normal',
    new RegExp(
      `^(?:${TOLD}(?:を|の)?(?:再開|オン|受け取る|再開して(?:ください|下さい)?)|配信再開|resume|resume messages|opt in|start messages)$`
    )
  ]
]

/** The wish in a text; undefined when it is no wish, or more than one. */
export function wishIn(text: string): Wish | undefined {
  const plain = comparable(text).replace(/[。.!\s]+$/, '')
  if (MENU.test(plain)) return { do: 'menu' }
  const to = FREQUENCY.find(([, words]) => words.test(plain))?.[0]
  return to && { do: 'frequency', to }
}
