import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computingMs } from '../../../test/support/computing.ts'
import { all, expectInert } from '../../../test/support/page.ts'
import { mrkdwn, type Reader } from './mrkdwn.ts'
import { type Child, textOf } from './node.ts'

const reader: Reader = {
  lang: 'ja',
  nameOf: (id) => (id === 'U1' ? '彩' : undefined),
  channelOf: (id) => (id === 'C1' ? 'kpi' : undefined)
}
const read = (source: string): string => mrkdwn(source, reader).map(sketch).join('')

/** The tree in brackets: b(太字). */
function sketch(child: Child): string {
  if (typeof child === 'string') return child
  const { href } = child.props.attrs ?? {}
  return `${child.tag}${href ? `[${href}]` : ''}(${child.children.map(sketch).join('')})`
}

test.each([
  ['*太字* と _斜体_ と ~取消~', 'b(太字) と i(斜体) と s(取消)'],
  ['*なぜ今か*\n• NPS *3点*', 'b(なぜ今か)br()• NPS b(3点)'],
  ['a*b*c', 'a*b*c'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['「*大事*」です', '「b(大事)」です'],
  ['`a*b*`', 'code(a*b*)'],
  ['```\n*x*\n```', 'pre(*x*\n)'],
  ['>一\n>二\n三', 'blockquote(一br()二)三'],
  ['前\n&gt;引用', '前blockquote(引用)'],
  ['<@U1> さん', 'span(@彩) さん'],
  ['<@U9|mori>', 'span(@mori)'],
  ['<#C1>', 'span(#kpi)'],
  ['<!channel>', 'span(@channel)'],
  ['<!date^1795264800^{date_short} {time}|11/22>', 'time(11/21 21:40)'],
  ['<https://example.com/|見る>', 'a[https://example.com/](見る)'],
  ['<javascript:alert(1)|押す>', '<javascript:alert(1)|押す>'],
  ['&lt;b&gt; &amp;lt;', '<b> &lt;'],
  [':red_circle: :nope:', '🔴 :nope:'],
  ['', '']
])('%j reads %j', (source, expected) => expect(read(source)).toBe(expected))

describe('what customers write', () => {
  const asSlackSends = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

  test('escaped markup is shown as it was written', () => {
    const words = '<img src=x onerror=alert(1)> & <!channel> <@U1>'
    expect(mrkdwn(asSlackSends(words), reader).map(textOf).join('')).toBe(words)
  })

  test('no text at all becomes anything but text, marks and safe links', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      '|',
      '*',
      '_',
      '~',
      '`',
      '```',
      '\n',
      '&lt;',
      'javascript:',
      'https://e.example/',
      '"',
      "'",
      '<@',
      '<!',
      '<#',
      'a',
      '>',
      ':tada:',
      '<script>',
      'data:text/html,x'
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => expectInert(mrkdwn(parts.join(''), reader))),
      { numRuns: 500 }
    )
  })

  test.each(['*', '_ ', '<', '`', '> ', '*a', '&lt;'])('a long line of %s is read in no time', async (mark) => {
    expect(await computingMs(() => mrkdwn(mark.repeat(4000), reader))).toBeLessThan(1_000)
  })

  test('links open elsewhere and learn nothing of this page', () => {
    const [link] = all(mrkdwn('<https://example.com>', reader))
    expect(link?.props.attrs).toMatchObject({ target: '_blank', rel: 'noopener noreferrer' })
  })
})
