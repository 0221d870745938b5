import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { storable } from '../../core/text.ts'
import { escapeMrkdwn, fitMrkdwn, mentionOf, quote, slackDate, staffWords } from './index.ts'
import { accountsIn, asTyped } from './mrkdwn.ts'

describe('escapeMrkdwn', () => {
  it.each([
    ['<!channel> 全員へ', '&lt;!channel&gt; 全員へ'],
    ['<@U123> さん', '&lt;@U123&gt; さん'],
    ['<https://evil.example|ここ>', '&lt;https://evil.example|ここ&gt;'],
    ['A&B', 'A&amp;B'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['NUL\u0000と\ud800', 'NULと\ufffd']
  ])('%j becomes %j', (text, safe) => {
    expect(escapeMrkdwn(text)).toBe(safe)
  })

  it.each(['@channel', '@here', '@everyone', '@Channel'])('takes the power from %s', (word) => {
    expect(escapeMrkdwn(`お店の${word}へ`)).not.toContain(word)
  })

  it('leaves no sign with which a customer could make a mention, a link or a command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeMrkdwn(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
      })
    )
  })

  it.each(['*予約*', '_x_', '~x~', '`x`', ':tada:', '@here'])('leaves %s without a meaning of its own', (text) => {
    expect(escapeMrkdwn(text)).not.toContain(text)
  })

  it('shows in Slack what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\u2060'))
        const shown = escapeMrkdwn(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
        // The word joiner takes no room.
        expect(shown.replaceAll('\u2060', '')).toBe(storable(text))
      })
    )
  })
})

describe('what somebody typed', () => {
  it.each([
    ['タグ A&amp;B &lt;3', 'タグ A&B <3'],
    ['&amp;lt;', '&lt;'],
    ['<https://crm.example/1?a=1&amp;b=2>', 'https://crm.example/1?a=1&b=2'],
    ['タグ <http://x.jp|x.jp> VIP', 'タグ x.jp VIP'],
    ['<mailto:a@example.com|a@example.com>', 'a@example.com'],
    ['<tel:0312345678|03-1234-5678>', '03-1234-5678'],
    ['<#C012|general> と <#C013>', '#general と #C013'],
    ['<!here> <!subteam^S1|@cs> <!channel|channel>', '@here @cs @channel'],
    ['担当 <@U1> <@U2|ken>', '担当 <@U1> <@U2|ken>'],
    ['1 &lt; 2 <https://x.jp>', '1 < 2 https://x.jp']
  ])('%j is %j', (text, typed) => {
    expect(asTyped(text)).toBe(typed)
  })

  it('holds nothing of Slack but accounts, so that showing it again makes no link and calls nobody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<!here>', '<https://x|y>', '<#C1|z>', '<', '>', '|', '&lt;', 'あ')),
        (parts) => {
          expect(escapeMrkdwn(asTyped(parts.join('')))).not.toMatch(/[<>]|@here/)
        }
      )
    )
  })
})

test('the accounts that a text names are found, whatever stands around them', () => {
  expect(accountsIn('担当 <@U1> と<@U2|ken>、<#C1|x> <!here> <@u3>')).toEqual(['U1', 'U2'])
})

describe('a colleague’s words', () => {
  it.each([
    ['<@U1> に引き継ぎ', '<@U1> に引き継ぎ'],
    ['<@U1|ken> & <!channel>', '<@U1> &amp; &lt;!channel&gt;'],
    ['<@U1><@U2>', '<@U1><@U2>'],
    ['<@u1> <@> <https://x|y>', '&lt;@u1&gt; &lt;@&gt; &lt;https://x|y&gt;'],
    ['@here', '@\u2060here']
  ])('%j become %j: accounts stay, nothing else has power', (text, safe) => {
    expect(staffWords(text)).toBe(safe)
  })
})

describe('quote', () => {
  it('puts every line in the quotation, so that none can pass for ours', () => {
    expect(quote('一行目\n*二行目*\r\n<!here>')).toBe('>一行目\n>*\u2060二行目*\n>&lt;!here&gt;')
  })

  it('shortens long words', () => {
    expect(quote('あ'.repeat(1000), 10)).toBe(`>${'あ'.repeat(9)}…`)
  })
})

describe('fitMrkdwn', () => {
  it('keeps to the limit and never cuts inside an entity, a link or a mention', () => {
    const piece = fc.constantFrom('&amp;', '&lt;', '<@U0123456789>', '<https://example.com|店>', 'あ', '👨‍👩‍👧', 'x')
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 60 }), (pieces, max) => {
        const fitted = fitMrkdwn(pieces.join(''), max)
        expect(fitted.length).toBeLessThanOrEqual(max)
        const rest = fitted.replace(/&(amp|lt);|<[^>]*>/g, '')
        expect(rest).not.toMatch(/[&<>]/)
      })
    )
  })

  it('leaves what fits alone', () => {
    expect(fitMrkdwn('a &amp; b', 9)).toBe('a &amp; b')
  })
})

describe('mentionOf and slackDate', () => {
  it('cannot be broken out of', () => {
    expect(mentionOf('U1> <!channel')).toBe('<@U1channel>')
    const at = new Date('2026-11-21T06:00:00.999Z')
    expect(slackDate(at, '11/21 15:00')).toBe('<!date^1795240800^{date_short_pretty} {time}|11/21 15:00>')
    expect(slackDate(at, '<a|b>')).toBe('<!date^1795240800^{date_short_pretty} {time}|&lt;a b&gt;>')
  })
})
