import { englishClauses, japaneseClauses } from './clauses.ts'

/** Anger and disappointment in so many words. */
const FEELINGS =
  '最悪|あ(?:り|有り)?(?:え|得)ない|有り得ない|論外|話にならな|ふざけ(?:るな|て|ない)|最低(?!限|でも|賃金|気温|料金|利用)|ひど(?:い|かっ|すぎ|く)|酷(?:い|かっ|すぎ|く)|がっかり|ガッカリ|残念(?!ながら|なことに)|不満|不愉快|不快|不誠実|不親切|不衛生|不潔|納得(?:が)?(?:でき|いか|いき|行か|行き)(?:な|ま)|許せ(?:な|ま)|信じられ(?:な|ま)|腹が立|腹立|頭に(?:きた|来た|きま|来ま)|イライラ|いらいら|うんざり|あきれ|呆れ|怒(?:って|り|る)|憤|クレーム|苦情|失礼(?:な(?!が)|だ|すぎ|極ま|でし)|いい加減に|騙|だまさ|詐欺|ぼったくり'
/** How somebody was treated. */
const SERVICE = [
  '(?:態度|対応|接客|サービス|味|質|品質|雰囲気|感じ|愛想|マナー|口の利き方|言い方)(?:が|は|も)?(?:本当に|とても|すごく|かなり|あまりに(?:も)?|ちょっと|少し|あまり)?(?:悪|わる|雑|冷た|横柄|きつ|キツ|良くな|よくな|なって(?:い)?な)',
  '(?:出て?くる|来る|くる|届く|出る)(?:の|まで)(?:が|も|に)(?:とても|すごく|かなり)?(?:遅|おそ|時間がかか)',
  '横柄|無愛想|上から目線|たらい回し|門前払い|電話(?:が|に|も)[^。]{0,6}(?:つながら|繋がら|出)(?:な(?:い|か)|ませ)|(?:連絡|返信|返事|対応|説明|案内)(?:を|も|が|は)?(?:全然|全く|まだ|一切|何も)?(?:して)?(?:くれ|もらえ)(?:な|ま)|時間に(?:来|届か|始ま)(?:な(?:い|か)|ませ)|(?:約束|話|説明|聞いて(?:い)?たの?)(?:と|が)違|説明(?:が|も)(?:足り|不足|なかっ)|(?:無視|放置|後回し)(?:され|して)',
  '(?:対応|返信|返事|連絡|回答|提供|料理|注文|配送|発送|配達|到着|サービス)(?:が|は|も)?(?:本当に|とても|すごく|かなり|あまりに(?:も)?|少し|ちょっと|毎回|いつも)?(?:遅|おそ|来な|来ま|きませ|な(?:い|か)(?!と|場合|時)|ありません(?!か)|もらえ(?:な|ま))',
  '(?:(?:[0-9]+|何)(?:分|時間|日)(?:以上|近く|も)*|いつまで(?:も)?|ずっと|長時間|長く|かなり)待(?:た(?:さ|せ)|ち(?!時間が?な)|っ(?!て(?:い)?ます))|待ち時間(?:が|も)[^。]{0,4}長|待た(?:され|せすぎ)'
]
/** What went wrong: the wrong thing, a broken one, none at all, money. */
const FAULTS = [
  '(?:注文|会計|金額|請求|商品|料理|お?釣り|予約|名前|サイズ|色|品物)[^。]{0,8}(?:間違(?:え(?!て(?:送|押))|って|い(?:で|だ|が|$))|違(?:って|いま|った|うもの|うん))|(?:違う|別の|間違った)(?:商品|もの|物|料理|サイズ|色|品)(?:が|を)',
  '(?:商品|荷物|注文(?:した(?:もの|物|商品))?|料理|返金|メール|クーポン|ポイント|スタンプ)(?:が|は|も)?(?:まだ|全然|全く|一向に|未だに|いまだに|いつまで(?:たって|経って)も)*(?:届(?:か|き|いて(?:い)?)|来|き|付(?:か|き|いて(?:い)?)|つ(?:か|き|いて(?:い)?)|もらえ|反映され(?:て(?:い)?)?)(?:な(?:い|か)(?!ったら|か)|ませ(?!んか))',
  '(?:アプリ|カード|クーポン|スタンプ|ポイント|予約|ログイン|決済|支払い|サイト|ページ|line|qr(?:コード)?)(?:が|に|も)?[^。]{0,6}(?:使え|でき|出来|押せ|開か|開け|動か|読み取れ|読め|取れ|入れ|落ち|固ま|消え)(?:な|ま(?:せん|す)|ちゃ|て(?:い|し|ま)|た|る)(?!.*(?:か|の)\\?*$)',
  '壊れ(?:て|た|ま)|破れ(?:て|た)|割れ(?:て|た)|欠けて|不良品|欠陥|傷(?:が|だらけ)|(?:髪の毛|虫|異物|ゴミ|プラスチック)(?:が|の)?[^。]{0,4}(?:入|混|出)|腐|カビ|生焼け|食中毒|お?腹(?:を|が)(?:壊|痛)|アレルギー[^。]{0,6}(?:出|入)',
  '(?<!と|ら|ば)まず(?:い|かっ|すぎ)|冷め(?:て(?:い)?|きって|た(?!ら))|ぬる(?:い|かっ|すぎ)|(?:味|質|品質)(?:が|も)[^。]{0,4}(?:落ち|下が|薄|濃|悪|変わ|しな)|劣化|(?:おいし|美味し|うま|良|よ|楽し|嬉し)く(?:は)?な(?:い(?!です[か]|\\?|か)|かっ|くて)|量(?:が|も)[^。]{0,4}(?:少な|減)|(?:少な|高|狭|遅|古|混み|うる?さ|うるさ)すぎ',
  '割高|(?:少し|ちょっと|かなり|やっぱり|正直|とても|すごく)高(?:い|く(?:て|な))(?!.*か\\?*$)|(?:料金|値段|価格|会費|月額|代金|送料)(?:が|も|は)?(?:少し|ちょっと|かなり|とても|すごく)?高(?:い|く(?:て|な))(?!.*(?:ですか|か\\?)$)|値上げ(?:しすぎ|ばかり|は?(?:ひど|困|納得))|コスパ(?:が)?(?:悪|わる)|(?:値段|料金)の割に',
  '(?:二重|二回|2回|勝手)に(?:請求|課金|引き?落|解約|変更|登録)|身に覚え(?:の|が)な|(?:請求|金額|会計)(?:が|は|額が)[^。]{0,4}(?:おかし|多|合わ|違)',
  '(?:使い|分かり|わかり|見|読み|頼み|押し)(?:にく|づら|辛)(?:い|く|かっ)|期待(?:外れ|はずれ|(?:して(?:い)?た)?[^。]{0,4}(?:ほどでは|以下|と違))|思って(?:い)?たのと(?:違|全然)',
  '(?:うるさ|騒がし|(?<!面倒|めんどう|めんど|けち)(?:臭|くさ)|汚|きたな|狭)(?:い|かっ|くて)(?!.*ですか\\?*$)|汚れ(?:て(?:い)?(?:た|る|ま)|が)',
  '二度と(?:行|来|使|利用|買|頼|注文)[^。]{0,4}(?:ない|ません)|返金(?:し|を(?:し|求|お願|希望)|お願|希望|を?要求)|弁償|賠償|責任者|消費者センター|訴え(?:ます|る)|[したっん]たのに|[いえ]たのに|んだのに|行ったら[^。]{0,4}(?:閉ま|休み|やって)|注文(?:が|も)[^。]{0,4}(?:通って|入って|忘れ)|謝(?:罪|って(?:ほし|欲し|くださ|もら))'
]
const JAPANESE = new RegExp([FEELINGS, ...SERVICE, ...FAULTS].join('|'))
/** Taken back at once: "not bad", "no complaint at all". */
const NEGATED =
  /^(?:い|かった|という|わけ|ほど|と)?(?:く(?:は|も)?(?:な(?:い|か|く)|あり(?:ま)?)|(?:で|じゃ)(?:は|も)?(?:な(?:い|く)|あり)|とか(?:では|じゃ)|(?:は|も|など|なんて|が)?(?:特に|全く|まったく|全然|一切|何も)?(?:あり(?:ま)?せん|ございません|な(?:い|く|かっ|し)))/
/** About somebody or something else. */
const ELSEWHERE =
  /(?:前|他|別|よそ|近所|隣|昔|以前)(?:の|に(?:行った|使った))?(?:お?店|会社|サービス|カフェ|サロン|美容院|ところ|所)(?:は|が|で|の)|(?:天気|天候|雨|雪|暑さ|寒さ|花粉|渋滞|電車|仕事|会社|上司|体調|風邪|試験|試合|都合|自分|私|僕|俺)(?:が|は|の|で|も)[^。]{0,8}(?:最悪|最低|悪|良く|よく|ひど|酷|残念|遅|うるさ|イライラ|失礼|怒)|(?:すみません|すいません|ごめん(?:なさい|ね)?|申し訳(?:ない|ありません|ございません)(?:です)?|失礼(?:し|いたし)ました)(?:でした)?!?$/
/** Promised, supposed or asked in general. */
const SUPPOSED = /(?:たら|れば|場合|時)(?:は|に|って)?(?:.{0,12}(?:\?|か$|ください|教えて))|^もし|ないか(?:心配|不安)/

const ENGLISH =
  /\b(?:terrible|awful|horrible|worst|disgusting|rude(?:ly)?|unacceptable|disappoint(?:ed|ing|ment)|complain(?:t|ing)?|angry|furious|upset|frustrat(?:ed|ing)|annoy(?:ed|ing)|fed up|ridiculous|a joke|so expensive|made (?:me|us) (?:sick|ill)|forgot (?:my|our)|been waiting|can(?:'t|not) (?:log ?in|use|open|access)|rip-?off|scam|overpriced|too expensive|refund|money back|(?:poor|bad|slow|lousy) (?:service|quality|experience|attitude|food)|(?:was|were|is|came|arrived) (?:cold|late|dirty|broken|damaged|burnt|stale)|wrong (?:order|item|size|colou?r|amount|drink|dish|food)|broken|damaged|defective|filthy|waited (?:for )?(?:over|more than|almost|nearly|an? |\d+|ages|forever)|(?:nobody|no one) (?:answers?|answered|replied|replies|helped|came)|still (?:waiting|hasn't|haven't|not)|(?:doesn't|didn't|does not|did not|won't|isn't|not) (?:work(?:ing)?|arrived?|open|show|come|get|receive)|never (?:arrived|came|received|replied|again)|charged (?:me )?(?:twice|double)|overcharged|double charged|never (?:come|coming|going) back|not (?:happy|satisfied|good enough|acceptable|impressed)|unhappy|dissatisfied|unprofessional|ignored)\b/
const ENGLISH_NEGATED =
  /\b(?:not?|never|isn't|wasn't|aren't|nothing|without|hardly)\s+(?:(?:a|an|any|at all|so|too|really|been|to)\s+){0,2}(?:terrible|awful|horrible|worst|disgusting|rude|disappoint\w*|complain\w*|angry|upset|frustrat\w*|annoy\w*|overpriced|too expensive|broken|damaged)\b/
const ENGLISH_ELSEWHERE =
  /\b(?:weather|traffic|train|my (?:job|boss|day|phone))\b|\bi(?:'m| was| am|'ll be| will be)\s+(?:running\s+|a bit\s+)?late\b|\b(?:other|another|last|previous) (?:shop|store|cafe|place|company)\b|^(?:if|what if|can i|could i|how do i|is there|do you)\b/

/** The clause in which a text complains about us: anger, bad treatment, a fault. Undefined when none does. */
export function complaintIn(text: string): string | undefined {
  return japaneseClauses(text).find(complainsInJapanese) ?? englishClauses(text).find(complainsInEnglish)
}

function complainsInJapanese(clause: string): boolean {
  const found = JAPANESE.exec(clause)
  if (!found || ELSEWHERE.test(clause) || SUPPOSED.test(clause)) return false
  return !NEGATED.test(clause.slice(found.index + found[0].length)) || /な[いかく]|ませ?ん?$/.test(found[0])
}

function complainsInEnglish(clause: string): boolean {
  return ENGLISH.test(clause) && !ENGLISH_NEGATED.test(clause) && !ENGLISH_ELSEWHERE.test(clause)
}
