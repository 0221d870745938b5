import { emojify } from './emoji.ts'
import { safeUrl } from './flex-values.ts'
import { type Child, h } from './node.ts'
import { dayAndTime } from './when.ts'

/** What mrkdwn needs to be read: names for ids, and the reader's language for dates. */
export interface Reader {
  readonly lang: 'ja' | 'en'
  /** A staff member's name by Slack user id. */
  readonly nameOf: (userId: string) => string | undefined
  readonly channelOf: (channelId: string) => string | undefined
}

const LIMIT = '(?<![\\p{L}\\p{N}_*~`])'
const AFTER = '(?![\\p{L}\\p{N}_*~`])'
const MARKED = new RegExp(
  [
    '<([^<>\\n]+)>',
    '`([^`\\n]+)`',
    ...['\\*', '_', '~'].map((mark) => `${LIMIT}${mark}(?!\\s)([^${mark}\\n]+?)(?<!\\s)${mark}${AFTER}`)
  ].join('|'),
  'gu'
)
const TAGS = ['b', 'i', 's'] as const

/** Slack's mrkdwn as elements: code, quotes, bold, italic, strike, links, mentions, dates, emoji. */
export function mrkdwn(source: string, reader: Reader): Child[] {
  return source.split(/```([\s\S]+?)```/).flatMap((part, index): Child[] => {
    if (index % 2 === 1) return [h('pre', { class: 'sl-pre' }, plain(part.replace(/^\n/, '')))]
    return part === '' ? [] : lines(part, reader)
  })
}

function lines(source: string, reader: Reader): Child[] {
  const groups = grouped(source.split('\n'))
  return groups.flatMap(({ quoted, rows }): Child[] => {
    const inner = joinLines(rows, reader)
    return quoted ? [h('blockquote', {}, inner)] : inner
  })
}

/** Neighbouring lines that are alike, quoted or not; a quote's marks are taken off. */
function grouped(rows: readonly string[]): { quoted: boolean; rows: string[] }[] {
  const groups: { quoted: boolean; rows: string[] }[] = []
  for (const row of rows) {
    const inner = /^(?:>|&gt;) ?(.*)$/.exec(row)?.[1]
    const last = groups.at(-1)
    if (last?.quoted === (inner !== undefined)) last.rows.push(inner ?? row)
    else groups.push({ quoted: inner !== undefined, rows: [inner ?? row] })
  }
  return groups
}

function joinLines(rows: readonly string[], reader: Reader): Child[] {
  return rows.flatMap((row, index) => (index === 0 ? inline(row, reader) : [h('br'), ...inline(row, reader)]))
}

function inline(source: string, reader: Reader): Child[] {
  const out: Child[] = []
  let from = 0
  for (const match of source.matchAll(MARKED)) {
    if (match.index > from) out.push(plain(source.slice(from, match.index)))
    const [, angle, code, ...marked] = match
    if (angle !== undefined) out.push(reference(angle, reader))
    else if (code !== undefined) out.push(h('code', {}, plain(code)))
    else {
      const kind = marked.findIndex((inner) => inner !== undefined)
      out.push(h(TAGS[kind] ?? 'b', {}, inline(marked[kind] ?? '', reader)))
    }
    from = match.index + match[0].length
  }
  if (from < source.length) out.push(plain(source.slice(from)))
  return out
}

function reference(inner: string, reader: Reader): Child {
  const [target = '', label] = inner.split('|', 2)
  if (target.startsWith('@')) return mention(`@${reader.nameOf(target.slice(1)) ?? label ?? target.slice(1)}`)
  if (target.startsWith('#')) return mention(`#${reader.channelOf(target.slice(1)) ?? label ?? target.slice(1)}`)
  const date = /^!date\^(\d{1,12})\^/.exec(target)
  if (date) return h('time', {}, dayAndTime(new Date(Number(date[1]) * 1000).toISOString(), reader.lang))
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`)
  const url = safeUrl(plain(target))
  if (!url) return plain(`<${inner}>`)
  return h('a', { attrs: { href: url, target: '_blank', rel: 'noopener noreferrer' } }, plain(label ?? target))
}

function mention(name: string): Child {
  return h('span', { class: 'sl-mention' }, plain(name))
}

/** Text between the marks: Slack's three entities undone, emoji names replaced. */
function plain(text: string): string {
  return emojify(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
}
