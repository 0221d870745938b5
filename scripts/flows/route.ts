import { text as readAll } from 'node:stream/consumers'
import { dayOf } from '../../src/core/time.ts'
import { type Flow, isAnswerTo, isCommand } from '../../src/features/flows/index.ts'
import { type Reading, readWords } from '../../src/features/voice/index.ts'
import { report } from './check.ts'
import { readFlow, readText, shipped } from './definition-files.ts'
import { roomOf } from './rooms.ts'
import { type Command, readArguments } from './usage.ts'

/** Where a customer's message goes, by its words alone. */
interface Routed extends Pick<Reading, 'cancelIntent' | 'complaint' | 'why'> {
  readonly text: string
  readonly route: 'answer' | 'command' | 'follow_up' | 'staff'
}

export const routeCommand: Command = {
  usage: 'route [file…] [--open <flow file>]',
  about: 'tells where customer messages would go, one a line, from files or standard input',
  help: `
answer     to the question that is open: the first of --open, by default of flows/surveys/nps.yaml
command    a code or a word that Matane carries out itself
follow_up  a person is called at once: the writer wants to leave, or complains
staff      a person reads it; greetings and thanks only while they look after the customer

cancelIntent is yes, maybe or no; "maybe" is for a person to decide. With --json one object a line.

  echo "解約金はいくら?" | npm run --silent flows -- route --json
`,
  async run(args, out) {
    const { json, options, rest } = readArguments(args, ['open'])
    const { flow, checked } = readFlow(options.open ?? shipped('surveys/nps.yaml'))
    if (!flow) return report(checked, json, out)
    for (const text of await messages(rest)) {
      const routed = route(text, flow)
      out(json ? `${JSON.stringify(routed)}\n` : `${routed.route.padEnd(10)} ${text}\n${' '.repeat(11)}${routed.why}\n`)
    }
    return 0
  }
}

function route(text: string, flow: Flow): Routed {
  const { intention, cancelIntent, complaint, why } = readWords(text)
  const told = { text, cancelIntent, complaint }
  if (!isCommand(text) && isAnswerTo(flow, text, today()))
    return { ...told, route: 'answer', why: `answers ${flow.id}` }
  const room = roomOf(text)
  if (room) return { ...told, route: 'command', why: `a code or word of ${room}` }
  return { ...told, route: intention === 'leave' || intention === 'complain' ? 'follow_up' : 'staff', why }
}

/** A day in a message is read as on the day on which it is tried. */
function today(): string {
  return dayOf(new Date(), 'Asia/Tokyo')
}

async function messages(files: readonly string[]): Promise<string[]> {
  const texts = files.length === 0 ? [await readAll(process.stdin)] : files.map(readText)
  return texts.flatMap((text) => text.replace(/^\uFEFF/, '').split(/\r?\n/)).filter((line) => line.trim() !== '')
}
