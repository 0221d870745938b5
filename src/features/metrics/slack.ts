import type { KnownBlock } from '@slack/types'
import {
  type Command,
  context,
  escapeMrkdwn,
  fields,
  header,
  type SlackHandlers,
  section
} from '../../platform/slack/index.ts'
import { recordAudit } from '../audit/index.ts'
import { answerQuestion } from './answer-question.ts'
import { TEXTS } from './texts.ts'
import { type AnswerView, answerView, faultView } from './view.ts'

/** "/kpi <question>": a figure that says what it means, in the channel, for everyone to discuss. */
export const slack: SlackHandlers = {
  commands: { '/kpi': { role: 'viewer', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run } }
}

async function run(turn: Command): Promise<void> {
  const { locale } = turn.staff
  const { scope, config } = turn
  const answer = await answerQuestion(scope.db, { question: turn.text, now: scope.now(), timeZone: config.timeZone })
  if (!answer.ok) {
    const lines = faultView(answer, locale)
    return turn.whisper(lines[0] ?? '', [section(lines.map(escapeMrkdwn).join('\n'))])
  }
  const { metric, period } = answer.value.query
  await turn.perform(turn.cause, (work) =>
    recordAudit(work, {
      actor: { kind: 'staff', id: turn.staff.id },
      action: 'metric.ask',
      subject: { type: 'metric', id: metric },
      detail: { from: period.from, to: period.to }
    })
  )
  const view = answerView(answer.value, locale)
  await turn.respond(view.title, answerBlocks(view))
}

/** The figure large, then what it stands on, then what it means. */
function answerBlocks({ title, badge, facts, remarks, footer }: AnswerView): KnownBlock[] {
  return [
    header(badge ? `${title} (${badge})` : title),
    fields(facts.map(([name, value]) => `*${escapeMrkdwn(name)}*\n${escapeMrkdwn(value)}`)),
    ...(remarks.length > 0 ? [section(remarks.map(escapeMrkdwn).join('\n'))] : []),
    context(footer.map(escapeMrkdwn))
  ]
}
