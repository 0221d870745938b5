import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { nextReminder, nextState, type Right, type State, type Step } from './request.ts'
import { wishIn } from './words.ts'

describe('a request', () => {
  it.each<[State, Step, State]>([
    ['wording', 'describe', 'waiting'],
    ['waiting', 'approve', 'scheduled'],
    ['waiting', 'decline', 'declined'],
    ['scheduled', 'begin', 'running'],
    ['scheduled', 'finish', 'done'],
    ['running', 'finish', 'done'],
    ['wording', 'cancel', 'cancelled'],
    ['waiting', 'cancel', 'cancelled'],
    ['scheduled', 'cancel', 'cancelled']
  ])('that is %s leads by %s to %s', (state, step, next) => {
    expect(nextState(state, step)).toEqual({ ok: true, value: next })
  })

  it.each<[State, Step]>([
    ['running', 'cancel'],
    ['scheduled', 'approve'],
    ['scheduled', 'decline'],
    ['wording', 'approve'],
    ['waiting', 'begin']
  ])('that is %s refuses to %s', (state, step) => {
    expect(nextState(state, step)).toEqual({ ok: false, kind: 'moved_on', state })
  })

  it('that has ended moves no more, whatever is done', () => {
    const steps = ['describe', 'approve', 'decline', 'begin', 'finish', 'cancel'] as const
    for (const state of ['done', 'declined', 'cancelled'] as const)
      for (const step of steps) expect(nextState(state, step).ok).toBe(false)
  })

  it('is asked after before its deadline and at it, then no more', () => {
    const due = new Date('2026-12-05T00:00:00Z')
    expect(nextReminder(due, new Date('2026-11-21T00:00:00Z'))).toEqual(new Date('2026-12-02T00:00:00Z'))
    expect(nextReminder(due, new Date('2026-12-02T00:00:00Z'))).toEqual(due)
    expect(nextReminder(due, due)).toBeUndefined()
  })
})

describe('words', () => {
  test.each<[string, Right]>([
    ['開示', 'disclose'],
    ['個人情報の開示請求', 'disclose'],
    ['私のデータを見せてください', 'disclose'],
    ['Show my data', 'disclose'],
    ['訂正', 'correct'],
    ['名前の訂正をお願いします', 'correct'],
    ['利用停止', 'restrict'],
    ['データの利用停止を希望します', 'restrict'],
    ['削除', 'erase'],
    ['削除します。', 'erase'],
    ['個人情報を削除してください', 'erase'],
    ['データ削除', 'erase'],
    ['アカウントの削除', 'erase'],
    ['please delete my data', 'erase']
  ])('%j asks for %s, which is only explained', (text, right) => {
    expect(wishIn(text)).toEqual({ do: 'ask', right })
  })

  test.each([
    '削除しません',
    '削除しない',
    '削除しないでください',
    '取り消し',
    '取消',
    'キャンセル',
    'やっぱりやめます',
    "don't delete it"
  ])('%j asks for nothing, and takes back what was asked for', (text) => expect(wishIn(text)).toEqual({ do: 'cancel' }))

  test.each([
    '解約',
    '退会したい',
    '削除されました',
    '削除したらどうなりますか',
    '友達のデータを削除してください',
    '予約を削除してください',
    'クーポンの利用停止はいつですか',
    'delete my account',
    'I did not ask you to delete my data',
    '訂正します、10時です',
    ''
  ])('%j is none of it', (text) => expect(wishIn(text)).toBeUndefined())

  it('no sentence with a denial in it asks for an erasure', () => {
    const denial = fc.constantFrom(
      'しません',
      'しないで',
      'したくない',
      'はやめて',
      'するつもりはありません',
      'しないでください'
    )
    fc.assert(
      fc.property(fc.constantFrom('', 'データを', '個人情報を'), denial, (what, no) => {
        expect(wishIn(`${what}削除${no}`)).not.toEqual({ do: 'ask', right: 'erase' })
      })
    )
  })
})
