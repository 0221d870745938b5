/** The three classes of the Net Promoter Score (Reichheld 2003): 9–10, 7–8, 0–6. */
type NpsClass = 'promoter' | 'passive' | 'detractor'

/** The class of a score from 0 to 10. */
export function npsClass(score: number): NpsClass {
  if (!Number.isInteger(score) || score < 0 || score > 10) throw new Error(`${score} is no NPS score`)
  if (score >= 9) return 'promoter'
  return score >= 7 ? 'passive' : 'detractor'
}
