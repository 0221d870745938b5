import { localeOf } from '../../src/core/locale.ts'
import { nameFor } from '../../src/features/customers/index.ts'
import { FACT_NAMES, type Facts, type Flow, type Line, readFact, simulate } from '../../src/features/flows/index.ts'
import { report } from './check.ts'
import { readFlow } from './definition-files.ts'
import { type Command, readArguments, resultText, UsageError } from './usage.ts'

export const simulateCommand: Command = {
  usage: 'simulate <file> [answer…] [--locale ja|en] [--variant v] [--customer facts]',
  about: 'plays a survey or scenario against these answers and prints the conversation',
  help: `
Each further argument is what the customer types. "wait 1d" lets time pass, "event visit shop=kamakura" tells of an event;
after the last one all time passes, so that the conversation always ends. It begins on a Monday at nine.
--name sets the customer's name,
--variant which of the compared ways they get (by default the first), --customer what is known of them,
separated by commas; a list takes one more each time: customer.tags=VIP,customer.tags=常連.

  npm run flows -- simulate flows/surveys/nps.yaml 3 "待ち時間が長い"
  npm run flows -- simulate flows/surveys/nps.yaml 3 "wait 2d" --locale en
  npm run flows -- simulate my-flow.yaml --customer customer.visits=3,customer.last_nps=9
`,
  async run(args, out) {
    const { json, options, rest } = readArguments(args, ['locale', 'name', 'variant', 'customer'])
    const [file, ...inputs] = rest
    const { flow, checked } = readFlow(file)
    if (!flow) return report(checked, json, out)
    const locale = localeOf(options.locale)
    const variant = variantOf(flow, options.variant)
    const known = factsOf(options.customer)
    const customerName = nameFor(locale, options.name)
    const { lines, run } = simulate(flow, { inputs, locale, customerName, variant, known })
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

function factsOf(given: string | undefined): Facts {
  const facts: Record<string, Facts[string]> = {}
  for (const entry of given?.split(',') ?? []) {
    const [name = '', written = ''] = entry.split('=', 2)
    const value = readFact(name, written)
    if (value === undefined)
      throw new UsageError(
        `"${entry}" is nothing known of a customer: write customer.visits=3, or ${FACT_NAMES.join(', ')}`
      )
    const before = facts[name]
    facts[name] = typeof before === 'object' && typeof value === 'object' ? [...before, ...value] : value
  }
  return facts
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
