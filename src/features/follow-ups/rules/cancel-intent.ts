/**
 * Whether a text plainly says that its writer wants to leave. Conservative: it looks for plain words, in the writer's own
 * name, about this membership; what is negated, past, hypothetical, quoted or about something else does not count. A
 * missed hint costs less than a person who is asked to stay without having thought of leaving.
 */
export function hasCancelIntent(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase()
  return saysSoInJapanese(plain) || saysSoInEnglish(plain)
}

const LEAVE = '(?:解約|退会|脱会|会員登録の?解除|定期(?:便|購入)?の?(?:停止|キャンセル)|サブスクの?(?:停止|キャンセル))'
const NO = '(?:ない|なかった|ません|なく|ず(?!っと)|ぬ)'
const STOP = '(?:やめ|辞め|止め)'
/** What of ours one can leave. Anything else before を or の ("携帯を解約") is not about us. */
const OURS =
  '(?:(?:この|こちらの|そちらの|お宅の|御社の|貴社の|本|当)?(?:会員(?:登録|カード)?|メンバー(?:シップ)?|サービス|契約|登録|定期(?:便|購入)?|月額|プラン|サブスク|アカウント|有料会員|お?店|利用|コース)|これ|こちら|そちら|今月(?:いっぱい)?|来月|今日|もう)'

/** A clause with one of these says something else than "I want to leave". */
const JAPANESE_OTHERWISE = [
  new RegExp(
    `${LEAVE}(?:は|も|を|が)?(?:特に|全く|まったく|全然|まだ|別に)*(?:し(?:たく(?:は|も)?(?:あり)?|て(?:い|は)?|よう(?:と|とは)思(?:わ|って(?:い)?)|たいと(?:は|も)?思(?:わ|って(?:い)?))?|せ|考え(?:て(?:は)?(?:い)?)?|検討し(?:て(?:は)?(?:い)?)?)${NO}`
  ),
  new RegExp(
    `${LEAVE}(?:を)?(?:する|したい)(?:という|って|ような)?(?:つもり|気|予定|考え|わけ|訳|気持ち|意思|理由|必要|ほど)(?:で?は|も|が|じゃ)?(?:全く|まったく|全然)?(?:あり|ござい|${NO})`
  ),
  new RegExp(`${LEAVE}(?:を)?(?:しないで|したことは?(?:${NO}|あり)|したいと思ったことは?)`),
  // Already done, by somebody, or done to them.
  new RegExp(
    `${LEAVE}(?:を)?(?:した(?![いく])|していた|しちゃった|され|済み|しました|率|者|理由)|(?:${LEAVE}し|${STOP})たい(?:人|方|お客)`
  ),
  // Told of others.
  new RegExp(
    `(?:友達|友人|知人|知り合い|家族|母|父|夫|妻|主人|旦那|嫁|息子|娘|姉|兄|妹|弟|同僚|彼|彼女|みんな|他の(?:人|方|客))(?:が|は|も|から|に|の).*${LEAVE}`
  ),
  new RegExp(`(?:${LEAVE}|${STOP}).*(?:と|って)(?:言って|言われ|言う人|いう(?:人|声|話|方)|聞い)`),
  // Supposed, or taken back.
  new RegExp(`もし(?:も)?.*(?:${LEAVE}|${STOP})|${LEAVE}したくなったら|${LEAVE}(?:したら|すると|した場合|する場合)`),
  new RegExp(
    `${LEAVE}(?:の|を|は)?(?:申し?込み|申請|手続き?|予定|話)?(?:の|を|は)?(?:取り?消|取りやめ|キャンセル|撤回|中止|${STOP})`
  ),
  new RegExp(`(?:${LEAVE}|${STOP}).*(?:と|か)(?:思って|考えて|迷って|悩んで)い?(?:た|ました)`),
  new RegExp(`${STOP}(?:たく${NO}|${NO}|る(?:つもり|気|予定)(?:は|も|が)?(?:あり|${NO})|て(?:ほし|欲し|くださ|下さ))`)
]

const JAPANESE_LEAVING = [
  new RegExp(
    `${LEAVE}(?:を|の|で)?(?:し(?:たい|ます|たく|よう|て(?:ください|下さい|ほしい|欲しい))|させて|する(?:方法|には|手続|に|こと|つもり|予定|$)|希望|お願い|願い|(?:を)?考え|検討|方法|手続|手順|やり方|仕方|申し?込|申請|届|ページ|の?フォーム|でき|可能|について|に関して)`
  ),
  new RegExp(`^(?:すみません|すいません|申し訳(?:ない|ありません)(?:です)?(?:が)?|あの)?${LEAVE}(?:で|です|を)?$`),
  new RegExp(
    `^(?:そろそろ|すみませんが|すみません|正直)?(?:${OURS}(?:を|は|から|も|で|の)?){0,2}(?:${STOP})(?:たい|ます|よう(?:と|か)|させて|る(?:方法|には|$))`
  ),
  /会員(?:を|から|で)(?:抜け|外れ|外し|消し|削除し)(?:たい|て)/
]

const STAYING =
  /(?:続け|継続し|使い続け|通い)(?:ます|たい|よう|てい(?:き|く))|これからも|引き続き(?:お願い|よろしく|利用)/
/** "携帯を解約したい": the thing before を or の, unless it is one of ours. */
const THING = new RegExp(`([ぁ-んァ-ヶー一-龠a-z0-9]+)(?:を|の)(?:${LEAVE})`)
const ENDS_WITH_OURS = new RegExp(`${OURS}(?:分|手続き?)?$`)

function saysSoInJapanese(text: string): boolean {
  const spelled = text
    .replaceAll(/\s+(?=[^\n])/g, '')
    .replaceAll(/かいやく|カイヤク/g, '解約')
    .replaceAll(/たいかい|タイカイ/g, '退会')
  const clauses = spelled.split(
    /[。.!?、,\n…♪☆★]|(?<=(?:です|ます|ません|でした|ました|だ))(?:が|けど|けれど)|(?<=た)(?:が|けど)/
  )
  if (clauses.some((clause) => STAYING.test(clause))) return false
  return clauses.some((clause) => clauseLeaves(clause.trim()))
}

function clauseLeaves(clause: string): boolean {
  if (!JAPANESE_LEAVING.some((says) => says.test(clause))) return false
  if (JAPANESE_OTHERWISE.some((says) => says.test(clause))) return false
  const thing = THING.exec(clause)?.[1]
  return !thing || ENDS_WITH_OURS.test(thing)
}

const ENGLISH_THING =
  '(?:(?:my|our|this|the|your)\\s+)?(?:(?:matane|stamp|stamps|points?|premium|paid|gold|silver|monthly|annual|yearly|current)\\s+)?(?:membership|subscription|account|plan|contract|card membership|service)'
const ENGLISH_LEAVING = [
  new RegExp(`\\b(?:cancel|end|terminate|quit|leave|close|delete|stop)(?:l?ing)?\\s+${ENGLISH_THING}\\b`),
  /\b(?:want|wish|like|going|need|decided|ready)\s+to\s+(?:cancel|unsubscribe|quit)\s*(?:now|today|please|it|everything)?\s*$/,
  /\bhow\s+(?:do|can|could|would|should)\s+i\s+(?:cancel|unsubscribe|quit)\s*(?:now|today|please|it|everything)?\s*$/,
  /\b(?:please\s+)?(?:unsubscribe|cancel)\s+me\b/,
  /^(?:please\s+)?(?:cancel|unsubscribe)(?:\s+(?:please|it|now))?$/,
  new RegExp(`\\bcancell?ation\\s+of\\s+${ENGLISH_THING}\\b`)
]
const ENGLISH_OTHERWISE = [
  /\b(?:not|never|don'?t|doesn'?t|didn'?t|won'?t|wouldn'?t|isn'?t|no (?:plans?|intention|reason|need)|without)\b/,
  /\b(?:friends?|he|she|they|mother|mom|father|dad|wife|husband|son|daughter|sister|brother|colleague|someone|people|everyone|others?)\b/,
  /\b(?:if i|if you|why would|unless|almost|instead of|used to|was going to|thought about|thinking of not)\b/,
  /\b(?:cancell?ed|ended|terminated|left|closed|deleted|stopped)\b/
]

function saysSoInEnglish(text: string): boolean {
  const clauses = text.replaceAll('’', "'").split(/[.!?;\n]|,\s|\bbut\b/)
  if (/\b(?:i'?ll stay|i'?m staying|i will stay|keep my membership|changed my mind)\b/.test(text)) return false
  return clauses
    .map((clause) => clause.trim())
    .some(
      (clause) =>
        ENGLISH_LEAVING.some((says) => says.test(clause)) && !ENGLISH_OTHERWISE.some((says) => says.test(clause))
    )
}
