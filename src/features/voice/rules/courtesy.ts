import { comparable } from '../../../core/text.ts'

const WORDS =
  '(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|よろしく(?:お願い(?:し|いたし|致し)ます)?|ありがとう?(?:ございま(?:す|した))?|どうも|感謝(?:です|します)?|助かりました|ごちそうさま(?:でした)?|美味しかった(?:です)?|おいしかった(?:です)?|了解(?:です|しました)?|承知(?:です|しました)?|わかりました|分かりました|はい|うん|ok|okay|おk|おやすみ(?:なさい)?|また行きます|またね|楽しみ(?:です|にしています)?|hi|hello|hey|good (?:morning|evening|afternoon)|thanks?(?: you)?(?: so much| very much| a lot)?|thx|got it|i see|yes|nice|great|see you|bye)'
/** Pictures, marks and stretched vowels between them say nothing more. */
const BETWEEN = '(?:[^\\p{Letter}\\p{Number}]|ー)*'
const ONLY_WORDS = new RegExp(
  `^${BETWEEN}(?:(?:いつも|本当に|とても|大変|どうも|今日は|昨日は)?${WORDS}${BETWEEN})*$`,
  'u'
)

/** Whether a text is nothing but a greeting, thanks, a nod, or pictures: it asks nothing of anybody. */
export function isCourtesy(text: string): boolean {
  return ONLY_WORDS.test(comparable(text))
}
