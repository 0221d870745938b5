import { storable, truncate } from '../../core/text.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Breaks "@channel", "*bold*" and ":tada:" without being seen, so that a customer's words stay words. */
const WORD_JOINER = '\u2060'

/** Text from outside made safe in mrkdwn: no links, no mentions, no markup; it reads as it was written. */
export function escapeMrkdwn(text: string): string {
  return storable(text)
    .replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)
    .replace(/@(?=channel|here|everyone)/gi, `@${WORD_JOINER}`)
    .replace(/[*_~`](?=\S)|:(?=[\w+-]+:)/g, `$&${WORD_JOINER}`)
}

/** Slack's own tokens in what people type: a link, a channel, @here, with the words to show after "|". Not accounts. */
const TOKEN = /<(?!@)([^|<>]*)(?:\|([^<>]*))?>/g

/** What somebody typed: Slack hands it over with &, < and > escaped and makes links of addresses. Accounts stay <@U…>. */
export function asTyped(text: string): string {
  return text
    .replace(TOKEN, (_token, target: string, label?: string) => typedToken(target, label))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function typedToken(target: string, label: string | undefined): string {
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!')) return label?.startsWith('@') ? label : `@${target.slice(1)}`
  return label ?? target.replace(/^(?:mailto|tel):/, '')
}

const ACCOUNT = /(<@[A-Z0-9]+(?:\|[^<>]*)?>)/

/** The accounts that a text names, as <@U…> or <@U…|name>. */
export function accountsIn(text: string): string[] {
  return text.split(ACCOUNT).flatMap((part, index) => (index % 2 === 1 ? [accountOf(part)] : []))
}

const accountOf = (mention: string): string => mention.slice(2).replace(/[|>].*$/s, '')

/** A colleague's words made safe in mrkdwn: as escapeMrkdwn, but accounts they name stay mentions. */
export function staffWords(text: string): string {
  return text
    .split(ACCOUNT)
    .map((part, index) => (index % 2 === 1 ? mentionOf(accountOf(part)) : escapeMrkdwn(part)))
    .join('')
}

/** Words as a quotation, at most `max` characters of theirs; a customer's unless `safe` says otherwise. */
export function quote(text: string, max = 600, safe: (line: string) => string = escapeMrkdwn): string {
  return truncate(text.trim(), max)
    .split(/\r?\n/)
    .map((line) => `>${safe(line)}`)
    .join('\n')
}

/** mrkdwn cut to `max` UTF-16 units, never inside an entity (&amp;) or a link or mention (<…>). */
export function fitMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text
  const kept = truncate(text, max).slice(0, -1)
  return `${kept.replace(/(&[a-z]{0,3}|<[^>]*)$/, '')}…`
}

/** A mention of a Slack account. */
export const mentionOf = (userId: string): string => `<@${userId.replace(/[^A-Z0-9]/gi, '')}>`

/** An instant that each reader sees in their own time zone; `fallback` is for old clients and notifications. */
export function slackDate(at: Date, fallback: string): string {
  const safe = escapeMrkdwn(fallback).replaceAll('|', ' ')
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${safe}>`
}
