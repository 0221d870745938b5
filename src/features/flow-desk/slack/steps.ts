import type { Locale } from '../../../core/locale.ts'
import { escapeMrkdwn } from '../../../platform/slack/index.ts'
import { type Flow, type OutlineStep, outline } from '../../flows/index.ts'
import { TEXTS } from '../texts.ts'

const SIGNS: Readonly<Record<OutlineStep['do'], string>> = {
  say: '💬',
  ask: '❓',
  wait: '⏱',
  branch: '🔀',
  tag: '🏷',
  set: '📝',
  give: '🎁',
  follow_up: '🙋',
  notify: '📣',
  webhook: '🔗',
  goto: '➡️',
  exit: '🏁'
}
/** As many as a section takes, however long they are. */
const STEPS_SHOWN = 25

/** What leads this way, in the reader's language; names of steps and events stay as they are written. */
function wayLabel(label: string, locale: Locale): string {
  if (label === '') return ''
  const { silent, otherwise } = TEXTS[locale]
  const said = label === 'else' ? otherwise : label.replace(/^silent for (\S+)$/, (_, time: string) => silent(time))
  return `${escapeMrkdwn(said)} `
}

/** A flow step by step, with those who wait at each. */
export function stepLines(flow: Flow, waiting: ReadonlyMap<string, number>, locale: Locale): string {
  const texts = TEXTS[locale]
  const steps = outline(flow, locale)
  const lines = steps.slice(0, STEPS_SHOWN).map(({ id, do: what, about, ways }, index) => {
    const people = waiting.get(id)
    const first = `${index + 1}. ${SIGNS[what]} \`${id}\` ${escapeMrkdwn(about)}${people ? `  *${texts.waiting(people)}*` : ''}`
    const led = ways.map(({ label, to }) => `　　${wayLabel(label, locale)}→ ${to ? `\`${to}\`` : texts.end}`)
    return [first, ...led].join('\n')
  })
  const known = new Set(steps.map(({ id }) => id))
  const elsewhere = [...waiting].reduce((sum, [step, people]) => sum + (known.has(step) ? 0 : people), 0)
  return [
    ...lines,
    ...(steps.length > STEPS_SHOWN ? [texts.more(steps.length - STEPS_SHOWN)] : []),
    ...(elsewhere > 0 ? [texts.gone(elsewhere)] : [])
  ].join('\n')
}
