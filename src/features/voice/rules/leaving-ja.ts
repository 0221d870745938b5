import { japaneseClauses } from './clauses.ts'
import type { CancelIntent, Heard } from './leaving.ts'

const LEAVE =
  '(?:解約|退会|脱会|脱退|会員登録の?解除|(?:定期(?:便|購入)?|契約|サブスク)[のを]?(?:停止|終了|キャンセル|打ち?切り)|キャンセル手続)'
const NO = '(?:ない|なかった|ません|なく|ず(?!っと)|ぬ)'
const STOP = '(?:やめ|辞め|止め)'
/** What of ours one can leave. Anything else before を or の ("携帯を解約") is not about us. */
const OURS =
  '(?:(?:この|こちらの|そちらの|お宅の|御社の|貴社の|本|当)?(?:会員(?:登録|カード)?|メンバー(?:シップ)?|サービス|契約|登録|定期(?:便|購入)?|月額|プラン|サブスク|アカウント|有料会員|自動更新|お?店|利用|コース)|これ|こちら|そちら|今月(?:いっぱい|末)?|来月(?:末)?|今日|今回|もう)'
const ABOUT_US = `^(?:そろそろ|すみませんが|すみません|申し訳(?:ない|ありません)が|正直|やっぱり|やはり|本当に)?(?:${OURS}(?:を|は|から|も|で|の|に|限りで|をもって)?){0,2}`
const WISH = '(?:たい|ます|よう(?:と|か)?|させて|る(?:方法|には|こと))'
const FOR_A_WHILE =
  '(?:一旦|いったん|一時|一度|しばらく|少し|ちょっと|当分|数ヶ?月|[0-9]+[ヶか]?月|今月|来月)(?:の間|ほど|間|だけ|は)?'

type Rule = readonly [rule: string, intent: CancelIntent, says: RegExp]

/** A clause with one of these says something else than "I want to leave", whatever else it says. */
const OTHERWISE: readonly Rule[] = [
  [
    'others',
    'no',
    new RegExp(
      `(?:友達|友人|知人|知り合い|家族|母|父|夫|妻|主人|旦那|嫁|息子|娘|姉|兄|妹|弟|同僚|彼|彼女|みんな|他の(?:人|方|客))(?:が|は|も|から|に|の|で).*(?:${LEAVE}|${STOP})`
    )
  ],
  ['others', 'no', new RegExp(`(?:${LEAVE}し|${STOP})た(?:い)?(?:人|方|お客|友|知)|${LEAVE}者`)],
  ['others', 'no', new RegExp(`(?:${LEAVE}|${STOP}).*(?:と|って)(?:言って|言われ|言う人|いう(?:人|声|話|方)|聞い)`)],
  [
    'negated',
    'no',
    new RegExp(
      `${LEAVE}(?:(?:なんて|なんか|など|とか)(?:は|も)?|は|も|を|が)?(?:特に|全く|まったく|全然|まだ|別に)*(?:し(?:たく(?:は|も)?(?:あり)?|て(?:い|は)?|よう(?:と|とは)思(?:わ|って(?:い)?)|たいと(?:は|も)?思(?:わ|って(?:い)?)?|たいわけ(?:では|じゃ)?(?:あり)?)?|せ|(?:考え|思っ)(?:て(?:は)?(?:い)?|たこと(?:は|も)?(?:あり)?)?|検討し(?:て(?:は)?(?:い)?)?)${NO}`
    )
  ],
  [
    'negated',
    'no',
    new RegExp(
      `${LEAVE}(?:を)?(?:する|したい)(?:という|って|ような)?(?:つもり|気|予定|考え|わけ|訳|気持ち|意思|理由|必要|ほど)(?:で?は|も|が|じゃ)?(?:全く|まったく|全然)?(?:あり|ござい|${NO})`
    )
  ],
  [
    'negated',
    'no',
    new RegExp(
      `${LEAVE}(?:の(?:つもり|予定|意思)(?:は|も)?(?:あり|ござい|${NO})|(?:を)?(?:しないで|したことは?(?:${NO}|あり)|したいと思ったことは?)|(?:では?|じゃ)(?:あり|なく|ない))`
    )
  ],
  [
    'negated',
    'no',
    new RegExp(`${STOP}(?:たく${NO}|${NO}|る(?:つもり|気|予定)(?:は|も|が)?(?:あり|${NO})|て(?:ほし|欲し|くださ|下さ))`)
  ],
  ['fee', 'no', new RegExp(`${LEAVE}(?:時の?|の)?(?:金|料|手数料|違約|費用|率|理由)|違約金`)],
  ['done', 'no', new RegExp(`${LEAVE}(?:を)?(?:した(?![いくらほ])|していた|しちゃった|され|済み|しました)`)],
  [
    'taken back',
    'no',
    new RegExp(
      `${LEAVE}(?:の|を|は)?(?:申し?込み|申請|手続き?|予定|話)?(?:の|を|は)?(?:取り?消|取りやめ|キャンセル|撤回|中止|${STOP})`
    )
  ],
  [
    'supposed',
    'maybe',
    new RegExp(`もし(?:も)?.*(?:${LEAVE}|${STOP})|${LEAVE}したくなったら|${LEAVE}(?:したら|すると|した場合|する場合)`)
  ],
  ['asked', 'maybe', new RegExp(`${LEAVE}しますか`)],
  ['only once', 'maybe', /(?:今回|次回|今月|来月|1回|一回|今度)(?:の|分の?|だけ)(?:定期|サブスク|分)/],
  [
    'once thought',
    'maybe',
    new RegExp(`(?:${LEAVE}|${STOP}).*(?:と|か)(?:思って|考えて|迷って|悩んで)い?(?:た|ました)`)
  ],
  [
    'unsure',
    'maybe',
    new RegExp(
      `(?:${LEAVE}(?:する|しよう|した方がいい|したほうがいい|すべき)|${STOP}(?:る|よう|た方がいい|たほうがいい)|続ける|更新する|利用する)(?:べき|の)?か(?:な|も|どうか|を)?(?:と|で|、)?(?:迷|悩|考え|検討|分から|わから|決め|$|思|も)`
    )
  ]
]

const LEAVING: readonly Rule[] = [
  [
    'leaving',
    'yes',
    new RegExp(
      `${LEAVE}(?:を|の|で)?(?:し(?:たい|ます|たく|よう|て(?:ください|下さい|ほしい|欲しい|もらえ|いただけ|頂け))|させて|する(?:方法|には|手続|に|こと|つもり|予定|$)|希望|お願い|願い|(?:を)?考え|検討|方法|手続|処理|手順|やり方|仕方|申し?込|申請|届|ページ|の?フォーム|でき|可能|について|に関して)`
    )
  ],
  [
    'leaving',
    'yes',
    new RegExp(
      `^(?:すみません|すいません|申し訳(?:ない|ありません)(?:です)?(?:が)?|あの|.*[でにはを])?${LEAVE}(?:で|です|を)?!?$`
    )
  ],
  ['leaving', 'yes', new RegExp(`${ABOUT_US}${STOP}(?:${WISH}|る$)`)],
  [
    'leaving',
    'yes',
    /(?:アカウント|会員(?:登録|情報)?|登録)(?:を|の)?(?:削除|抹消|消去|消し)(?:し?て(?:ください|下さい|ほしい|もら|いただ)|し?たい|を?(?:希望|お願い))/
  ],
  ['leaving', 'yes', /(?:会員|メンバー)(?:を|から|で)(?:抜け|外れ|外し|消し|削除し)(?:たい|て)/],
  [
    'ending',
    'yes',
    new RegExp(
      `${ABOUT_US}(?:終わりに|おわりに|ラストに|最後に|終了|停止|中止|ストップ)(?:し(?:たい|ます|て(?:ください|下さい|ほしい))|させて)`
    )
  ],
  [
    'not renewing',
    'yes',
    /(?:更新|継続)(?:は|を)?(?:し(?:ない|ません|たくない|たくありません|ないで)|(?:やめ|辞め|見送)(?:り?ます|り?たい|ろう|り?させて|らせて)|希望しま?せん)(?!か)/
  ],
  ['pausing', 'yes', /休会(?:を|の)?(?:し(?:たい|ます|よう)|させて|希望|お願い|手続|でき)/],
  [
    'pausing',
    'yes',
    new RegExp(
      `${FOR_A_WHILE}(?:${OURS}(?:を|は)?)?(?:お休み|休み|休止|休会|停止|中断|${STOP})(?:を|に)?(?:し(?:たい|ます|よう)|させて|たい|ます|希望|お願い|いただ|頂)`
    )
  ],
  [
    'never again',
    'yes',
    /二度と(?:行|来|使|利用|買|通|頼|注文)[^。]{0,6}(?:ない|ません)|(?:もう|二度と)お世話になりません/
  ],
  [
    'never again',
    'yes',
    /^もう(?:(?:お店|そちら|こちら|ここ)(?:に|へ|は|を|も)?)?(?:行か|行き|利用し|使わ|使い|通わ|通い|買わ|買い)(?:ない|ません|ねえ)(?!かも|と|で|よう|か|けど)/
  ],
  [
    'cannot go on',
    'maybe',
    /続け(?:られ|て(?:い|行)け)(?:な|ま|そうに)|続けるの(?:は|が|も)?(?:難し|厳し|きつ|きび|無理|しんど)|続かな/
  ],
  [
    'away',
    'maybe',
    /(?:しばらく|当分|今後|これから|もう).{0,10}(?:行|通|来|使|利用).{0,4}(?:ない|ません|なそう|なくな|なさそう|そうに|なかも)/
  ],
  [
    'away',
    'maybe',
    /(?:通え|行け|続けられ)なくな(?:り|る)|(?:次回|来月|今月|次|年内)(?:で最後|から(?:は)?(?:行|来|使|利用)[^。]{0,3}(?:ない|ません))|利用(?:は|を)?(?:控え|遠慮)|もう結構|(?:やめ|辞め)(?:どき|時か|ようかな)/
  ],
  [
    'switching',
    'maybe',
    /乗り?換え|(?:他|別|よそ)の?(?:店|お店|会社|サービス|ところ|所).{0,3}(?:に|へ)(?:変え|移|替え|し(?:よう|たい|ます)|行(?:こう|き))/
  ],
  [
    'no need',
    'maybe',
    /(?:必要|用|使う(?:こと|機会))(?:が|は|も)?(?:なくな|無くな)|使わなくな|行かなくな|通わなくな|引っ?越(?:す|し|した)/
  ],
  ['graduating', 'maybe', /卒業(?:し(?:たい|よう|ます)|かな|させて|です)/],
  ['word alone', 'maybe', new RegExp(`${LEAVE}|(?:会員|メンバー|サービス|契約|定期|サブスク|利用)(?:を|は|も)?${STOP}`)]
]

const STAYING =
  /(?:続け|継続し|使い続け|通い(?:続け)?)(?:ます|たい(?!わけ)|よう(?:と思|!|$)|てい(?:き|く)|させて)|これからも|引き続き(?:お願い|よろしく|利用)|お世話になります/
/** "携帯を解約したい": the thing before を or の, unless it is one of ours. */
const THING = new RegExp(`([ぁ-んァ-ヶー一-龠a-z0-9]+)(?:を|の)(?:${LEAVE})`)
const ENDS_WITH_OURS = new RegExp(`(?:${OURS}|早め|早急|すぐ|今すぐ|私|自分|本人|年内|月末)(?:分|手続き?)?$`)

/** What the clauses of a Japanese text say about leaving; nothing of clauses that do not speak of it. */
export function saysInJapanese(text: string): Heard[] {
  return japaneseClauses(text).flatMap((clause) => {
    const [rule, intent] = heardIn(clause) ?? []
    return rule && intent ? [{ rule, intent, clause }] : []
  })
}

function heardIn(clause: string): Rule | readonly [string, CancelIntent] | undefined {
  if (STAYING.test(clause)) return ['staying', 'no']
  const fits = ([, , says]: Rule) => says.test(clause)
  const otherwise = OTHERWISE.find(fits)
  const leaving = LEAVING.find(fits)
  const thing = THING.exec(clause)?.[1]
  if (thing && !ENDS_WITH_OURS.test(thing)) return ['other thing', 'no']
  return otherwise ?? leaving
}
