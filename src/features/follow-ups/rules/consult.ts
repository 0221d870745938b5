import { comparable } from '../../../core/text.ts'

const CONSULT =
  /^(?:(?:スタッフ|店員|担当者)?(?:に|へ|と)?相談(?:したい|したいです|する|です|希望)?|お?問い?合わせ|contact|contact us|consult|support|talk to (?:staff|someone|a person))$/

/** Whether a text asks for a person, and says nothing else. */
export function asksForPerson(text: string): boolean {
  return CONSULT.test(comparable(text).replace(/[。.!?]+$/, ''))
}
