import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseThreadCommand } from './mention.ts'

describe('parseThreadCommand', () => {
  it.each([
    ['担当', { kind: 'claim' }],
    ['担当します', { kind: 'claim' }],
    ['Claim', { kind: 'claim' }],
    ['担当 <@U2>', { kind: 'assign', to: 'U2' }],
    ['assign <@U2|ken>', { kind: 'assign', to: 'U2' }],
    ['解決', { kind: 'resolve', outcome: 'watch', note: '' }],
    ['解決 引き留め 次回予約あり', { kind: 'resolve', outcome: 'retained', note: '次回予約あり' }],
    ['解決　様子見', { kind: 'resolve', outcome: 'watch', note: '' }],
    ['解決 離脱 引っ越し', { kind: 'resolve', outcome: 'lost', note: '引っ越し' }],
    ['解決 誤検知', { kind: 'resolve', outcome: 'false_alarm', note: '' }],
    ['解決 電話で謝りました', { kind: 'resolve', outcome: 'watch', note: '電話で謝りました' }],
    ['resolve retained sent a coupon', { kind: 'resolve', outcome: 'retained', note: 'sent a coupon' }],
    ['resolve 1 < 2 &amp; 3', { kind: 'resolve', outcome: 'watch', note: '1 < 2 &amp; 3' }],
    ['解決 引き留め 一行目\n二行目', { kind: 'resolve', outcome: 'retained', note: '一行目\n二行目' }],
    ['タグ VIP 予約', { kind: 'tag', add: ['VIP', '予約'], remove: [] }],
    ['タグ VIP、予約 -既存', { kind: 'tag', add: ['VIP', '予約'], remove: ['既存'] }],
    ['tag VIP −old', { kind: 'tag', add: ['VIP'], remove: ['old'] }],
    ['tag', { kind: 'tag', add: [], remove: [] }],
    ['担当。', { kind: 'claim' }],
    ['担当します！', { kind: 'claim' }],
    ['担当：<@U2>', { kind: 'assign', to: 'U2' }],
    ['担当 @健太', { kind: 'unnamed' }],
    ['担当　＠健太', { kind: 'unnamed' }],
    ['assign', { kind: 'unnamed' }],
    ['assign ken', { kind: 'unnamed' }],
    ['解決 引き留め、電話でお詫び', { kind: 'resolve', outcome: 'retained', note: '電話でお詫び' }],
    ['解決：引き留めできました。次回予約あり', { kind: 'resolve', outcome: 'retained', note: '次回予約あり' }],
    ['解決、誤検知', { kind: 'resolve', outcome: 'false_alarm', note: '' }],
    ['resolve false alarm', { kind: 'resolve', outcome: 'false_alarm', note: '' }],
    ['Resolve: False Alarm, wrong person', { kind: 'resolve', outcome: 'false_alarm', note: 'wrong person' }],
    ['resolve wait and see until May', { kind: 'resolve', outcome: 'watch', note: 'until May' }],
    ['resolve wait for the parcel', { kind: 'resolve', outcome: 'watch', note: 'for the parcel' }],
    ['解決 継続的に連絡する', { kind: 'resolve', outcome: 'watch', note: '継続的に連絡する' }],
    ['タグ：VIP', { kind: 'tag', add: ['VIP'], remove: [] }],
    ['スヌーズ 3d', { kind: 'snooze', until: '3d' }],
    ['ｽﾇｰｽﾞ 3d', { kind: 'snooze', until: '3d' }],
    ['snooze', { kind: 'snooze', until: 'tomorrow' }],
    ['再オープン', { kind: 'reopen' }],
    ['reopen', { kind: 'reopen' }],
    ['ヘルプ', { kind: 'help' }],
    ['help', { kind: 'help' }]
  ])('reads %j', (text, command) => {
    expect(parseThreadCommand(text)).toEqual(command)
  })
  it.each(['', 'こんにちは', '担当者は誰ですか', '担当？', '解決?', 'resolving', '未解決', '解決策を教えて', '。'])(
    'leaves %j to others',
    (text) => {
      expect(parseThreadCommand(text)).toBeUndefined()
    }
  )
  it('reads or leaves any text, and never fails', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', '担当 ', '解決 ', 'タグ ', 'スヌーズ '), (text, verb) => {
        parseThreadCommand(verb + text)
      })
    )
  })
})
