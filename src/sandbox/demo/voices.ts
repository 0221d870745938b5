import type { Random } from './random.ts'

/** One answered NPS survey of the demo shop. */
export interface Voice {
  readonly at: Date
  readonly score: number
  readonly reason: string | undefined
}

const ANSWER_RATE = 0.6
const AGAIN_AFTER_MS = 90 * 86_400_000
const ANSWERS_AFTER_MS = 20 * 60_000
const REASON_RATE = 0.6

const COMPLAINTS = [
  '席がなかなか空かず、注文まで20分待ちました。',
  'いつもの豆が変わってしまって残念です。',
  '隣の席の声が大きくて落ち着けませんでした。',
  '値上げのあと、量も減ったように感じます。',
  'お会計のときの対応が少し冷たかったです。',
  'Wi-Fiがつながらず、仕事になりませんでした。'
] as const
const PRAISE = [
  'いつも笑顔で迎えてくださるのがうれしいです。',
  'プリンが絶品でした。また来ます!',
  '静かで、本を読むのにぴったりです。',
  '豆の説明が丁寧で、毎回楽しみです。'
] as const

/**
 * What a customer answered after their visits, at most once in 90 days. `leaving` = they stayed away for good after the
 * last visit: then that last answer is rarely a good one.
 */
export function voicesOf(visits: readonly Date[], how: { leaving: boolean; random: Random; since: Date }): Voice[] {
  const { leaving, random, since } = how
  const voices: Voice[] = []
  visits.forEach((visit, index) => {
    const at = new Date(visit.getTime() + ANSWERS_AFTER_MS)
    const before = voices.at(-1)?.at
    const tooSoon = before && at.getTime() - before.getTime() < AGAIN_AFTER_MS
    if (at < since || tooSoon || !random.chance(ANSWER_RATE)) return
    const score = scoreOf(random, leaving && index >= visits.length - 2)
    voices.push({ at, score, reason: reasonFor(score, random) })
  })
  return voices
}

function scoreOf(random: Random, unhappy: boolean): number {
  const draw = random.next()
  const [detractors, passives] = unhappy ? [0.4, 0.75] : [0.13, 0.48]
  if (draw < detractors) return random.pick([1, 2, 3, 4, 5, 5, 6, 6, 6])
  return draw < passives ? random.pick([7, 7, 8, 8, 8]) : random.pick([9, 9, 9, 10, 10])
}

function reasonFor(score: number, random: Random): string | undefined {
  if (score <= 6 && random.chance(REASON_RATE)) return random.pick(COMPLAINTS)
  return score >= 9 && random.chance(REASON_RATE / 2) ? random.pick(PRAISE) : undefined
}
