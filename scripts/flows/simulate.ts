import { localeOf } from '../../src/core/locale.ts'
import { nameFor } from '../../src/features/customers/index.ts'
import { type Flow, type Line, simulate } from '../../src/features/flows/index.ts'
import { report } from './check.ts'
import { readFlow } from './definition-files.ts'
import { type Command, readArguments, resultText, UsageError } from './usage.ts'

export const simulateCommand: Command = {
  usage: 'simulate <file> [answer…] [--locale ja|en] [--variant v]',
  about: 'plays a survey or scenario against these answers and prints the conversation',
  help: `
Each further argument is what the customer types. "wait 1d" lets time pass, "event visit" tells of an event;
after the last one all time passes, so that the conversation always ends. --name sets the customer's name,
--variant which of the compared ways they get (by default the first).

  npm run flows -- simulate flows/surveys/nps.yaml 3 "待ち時間が長い"
  npm run flows -- simulate flows/surveys/nps.yaml 3 "wait 2d" --locale en
`,
  async run(args, out) {
    const { json, options, rest } = readArguments(args, ['locale', 'name', 'variant'])
    const [file, ...inputs] = rest
    const { flow, checked } = readFlow(file)
    if (!flow) return report(checked, json, out)
    const locale = localeOf(options.locale)
    const variant = variantOf(flow, options.variant)
    const { lines, run } = simulate(flow, { inputs, locale, customerName: nameFor(locale, options.name), variant })
    out(resultText(json, { flow: flow.id, lines, facts: run.facts, ended: run.ended }, lines.map(shown)))
    return 0
  }
}

function variantOf({ variants = {} }: Flow, given: string | undefined): string | undefined {
  const known = Object.keys(variants)
  if (given === undefined || known.includes(given)) return given
  const fix = known.length > 0 ? `write one of ${known.join(', ')}` : 'this flow compares nothing'
  throw new UsageError(`There is no variant "${given}": ${fix}`)
}

const INDENT = ' '.repeat(20)

function shown({ atMs, who, text, buttons = [] }: Line): string {
  const body = text.replace(/\n(?!\n)/g, `\n${INDENT}`)
  const row = buttons.length > 0 ? `\n${INDENT}${buttons.map((label) => `[${label}]`).join(' ')}` : ''
  return `${since(atMs).padEnd(10)}${who.padEnd(10)}${body}${row}`
}

/** "1d 2h 5m" since the beginning. */
function since(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm']
  ] as const
  return parts.flatMap(([amount, unit]) => (amount > 0 ? [`${amount}${unit}`] : [])).join(' ') || '0m'
}
