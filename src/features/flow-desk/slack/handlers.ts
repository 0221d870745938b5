import {
  type Click,
  type Command,
  escapeMrkdwn,
  may,
  type SlackHandlers,
  type StaffTurn
} from '../../../platform/slack/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { versionsOf } from '../../definitions/index.ts'
import {
  countFlows,
  countRuns,
  findPauses,
  type PublishedFlow,
  pauseFlow,
  publishedFlows,
  resumeFlow
} from '../../flows/index.ts'
import { countResponses } from '../../surveys/index.ts'
import { EDIT_TEXTS } from '../edit-texts.ts'
import { parseFlowsCommand } from '../rules/flows-command.ts'
import { TEXTS } from '../texts.ts'
import { backForm, flowForm, ROLL_BACK, SAVE } from './forms.ts'
import { rollBack, save, VERSIONS_BACK } from './publishing.ts'
import {
  chooseFlow,
  chooseSegment,
  START,
  START_CUSTOMER,
  START_FOR,
  START_SEGMENT,
  startForCustomer,
  startForSegment
} from './starting.ts'
import { BACK, EDIT, flowBlocks, listBlocks, PAUSE, RESUME, type Reader, SHOW } from './views.ts'

/** "/matane flows": figures for everyone, changes for managers. */
export const slack: SlackHandlers = {
  verbs: { flows: { role: 'viewer', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run: ask } },
  actions: {
    [SHOW]: { role: 'viewer', run: (click) => show(click, click.value) },
    [PAUSE]: { role: 'manager', run: (click) => toggle(click, 'pause') },
    [RESUME]: { role: 'manager', run: (click) => toggle(click, 'resume') },
    [START]: { role: 'manager', run: chooseSegment },
    [START_FOR]: { role: 'cs', run: chooseFlow },
    [EDIT]: { role: 'manager', run: edit },
    [BACK]: { role: 'manager', run: chooseVersion }
  },
  submissions: {
    [SAVE]: { role: 'manager', run: save },
    [ROLL_BACK]: { role: 'manager', run: rollBack },
    [START_SEGMENT]: { role: 'manager', run: startForSegment },
    [START_CUSTOMER]: { role: 'cs', run: startForCustomer }
  }
}

async function ask(turn: Command): Promise<void> {
  const command = parseFlowsCommand(turn.text)
  if (command.kind === 'list') return list(turn)
  if (command.kind === 'show') return show(turn, command.id)
  const { locale, role } = turn.staff
  const form = flowForm(locale)
  if (!may(role, 'manager') || !form) return turn.whisper(TEXTS[locale].managersOnly)
  await turn.openModal(form)
}

async function list(turn: Command): Promise<void> {
  const { prisma } = turn.scope.db
  const [flows, counts, pauses] = await Promise.all([publishedFlows(prisma), countFlows(prisma), findPauses(prisma)])
  const all = flows.map(({ flow }) => ({
    flow,
    isPaused: pauses.has(flow.id),
    ...(counts.get(flow.id) ?? { entered: 0, inside: 0 })
  }))
  await turn.whisper(TEXTS[turn.staff.locale].title, listBlocks(all, readerOf(turn)))
}

/** The flow of this id; undefined when there is none, which the person is told. */
async function flowNamed(turn: StaffTurn, id: string): Promise<PublishedFlow | undefined> {
  const found = (await publishedFlows(turn.scope.db.prisma)).find(({ flow }) => flow.id === id)
  if (!found) await turn.whisper(TEXTS[turn.staff.locale].unknown(escapeMrkdwn(id)))
  return found
}

async function show(turn: StaffTurn, id: string): Promise<void> {
  const { prisma } = turn.scope.db
  const published = await flowNamed(turn, id)
  if (!published) return
  const [counts, answered, pauses] = await Promise.all([
    countRuns(prisma, id),
    countResponses(prisma, id),
    findPauses(prisma)
  ])
  await turn.whisper(id, flowBlocks({ published, counts, answered, pause: pauses.get(id) }, readerOf(turn)))
}

/** Of two who click at once one switches it, and the other is told. */
async function toggle(click: Click, way: 'pause' | 'resume'): Promise<void> {
  const { staff, value: id } = click
  const texts = TEXTS[staff.locale]
  if (!(await flowNamed(click, id))) return
  const done = await click.perform(click.cause, async (work) => {
    const switched = way === 'pause' ? await pauseFlow(work, { flow: id, by: staff.id }) : await resumeFlow(work, id)
    if (switched)
      await recordAudit(work, {
        actor: { kind: 'staff', id: staff.id },
        action: `flow.${way}`,
        subject: { type: 'definition', id },
        detail: {}
      })
    return switched
  })
  const told = way === 'pause' ? texts.pauseDone : texts.resumeDone
  await click.whisper(done ? told(id) : texts.already(id))
}

async function edit(click: Click): Promise<void> {
  const published = await flowNamed(click, click.value)
  if (!published) return
  const { locale } = click.staff
  const { kind, key, version, body } = published.definition
  const form = flowForm(locale, { seen: { kind, key, version }, body })
  if (!form) return click.whisper(EDIT_TEXTS[locale].tooLong)
  await click.openModal(form)
}

async function chooseVersion(click: Click): Promise<void> {
  const published = await flowNamed(click, click.value)
  if (!published) return
  const { kind, key, version } = published.definition
  const past = await versionsOf(click.scope.db.prisma, kind, { key, limit: VERSIONS_BACK })
  const form = backForm(readerOf(click), { seen: { kind, key, version }, past })
  if (!form) return click.whisper(EDIT_TEXTS[click.staff.locale].back.nothing)
  await click.openModal(form)
}

function readerOf({ staff: { locale, role }, config: { timeZone } }: StaffTurn): Reader {
  return { locale, role, timeZone }
}
