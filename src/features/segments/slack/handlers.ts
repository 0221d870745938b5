import {
  type Click,
  type Command,
  escapeMrkdwn,
  type FieldErrors,
  may,
  type SlackHandlers,
  type StaffTurn,
  type Submission
} from '../../../platform/slack/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { customerSummary, maskName, nameFor } from '../../customers/index.ts'
import { findSegment, findSegments, type PublishedSegment } from '../find-segments.ts'
import { calculateNow } from '../keep-members.ts'
import { previewSegment } from '../preview-segment.ts'
import { parseSegmentCommand } from '../rules/segment-command.ts'
import { endSegment, saveSegment } from '../save-segment.ts'
import { findStates } from '../store/membership.ts'
import { TEXTS } from '../texts.ts'
import { editedOf, FIELD, FORM, readSegment, segmentModal, yamlOf } from './modal.ts'
import { COPY, EDIT, END, listBlocks, previewBlocks, RECOUNT, type Reader, SHOW } from './views.ts'

/** "/matane segment": counts for everyone, some of the people for those who look after them, editing for managers. */
export const slack: SlackHandlers = {
  verbs: { segment: { role: 'viewer', help: { ja: TEXTS.ja.help, en: TEXTS.en.help }, run: ask } },
  actions: {
    [SHOW]: { role: 'viewer', run: (click) => show(click, click.value) },
    [RECOUNT]: { role: 'cs', run: recount },
    [EDIT]: { role: 'manager', run: edit },
    [COPY]: { role: 'manager', run: copy },
    [END]: { role: 'manager', run: end }
  },
  submissions: { [FORM]: { role: 'manager', run: save } }
}

async function ask(turn: Command): Promise<void> {
  const command = parseSegmentCommand(turn.text)
  if (command.kind === 'list') return list(turn)
  if (command.kind === 'show') return show(turn, command.told)
  const { locale, role } = turn.staff
  if (!may(role, 'manager')) return turn.whisper(TEXTS[locale].managersOnly)
  await turn.openModal(segmentModal(locale, {}))
}

async function list(turn: Command): Promise<void> {
  const { db } = turn.scope
  const states = await findStates(db)
  const all = (await findSegments(db.prisma)).map((published) => {
    return { published, state: states.get(published.segment.id) }
  })
  await turn.whisper(TEXTS[turn.staff.locale].listTitle, listBlocks(all, readerOf(turn)))
}

/** Counts on the spot. Who saw whom is written down: viewers see no one. */
async function show(turn: StaffTurn, told: string): Promise<void> {
  const { db, now, timeZone } = turn.scope
  const { id: by, locale, role } = turn.staff
  const published = await findSegment(db.prisma, told)
  if (!published) return turn.whisper(TEXTS[locale].unknown(escapeMrkdwn(told)))
  const { segment } = published
  const preview = await previewSegment(db, segment.who, { now: now(), timeZone })
  const names = may(role, 'cs') ? await namesOf(turn, preview.sample) : []
  await turn.perform(`${turn.cause}:show`, (work) =>
    recordAudit(work, {
      actor: { kind: 'staff', id: by },
      action: 'segment.view',
      subject: { type: 'segment', id: segment.id },
      detail: { view: names.length > 0 ? 'sample' : 'counts' }
    })
  )
  const state = (await findStates(db)).get(segment.id)
  await turn.whisper(segment.name[locale], previewBlocks({ published, preview, state, names }, readerOf(turn)))
}

async function namesOf({ scope: { db }, staff }: StaffTurn, customerIds: readonly string[]): Promise<string[]> {
  const names: string[] = []
  for (const customerId of customerIds) {
    const name = (await customerSummary(db.prisma, db.cipher, customerId))?.name
    names.push(nameFor(staff.locale, name && !may(staff.role, 'manager') ? maskName(name) : name))
  }
  return names
}

async function recount(click: Click): Promise<void> {
  const { scope, perform, staff } = click
  // As long as it takes: it is one segment, and somebody waits for it.
  const known = await calculateNow({ scope, perform, isOver: () => false }, click.value)
  const published = await findSegment(scope.db.prisma, click.value)
  const state = (await findStates(scope.db)).get(click.value)
  const texts = TEXTS[staff.locale]
  if (!known || !published || !state) return click.whisper(texts.unknown(escapeMrkdwn(click.value)))
  await click.whisper(texts.recounted(escapeMrkdwn(published.segment.name[staff.locale]), state.people))
}

function edit(click: Click): Promise<void> {
  return openForm(click, ({ segment, version, isTeams }) => (isTeams ? { edited: { id: segment.id, version } } : {}))
}

function copy(click: Click): Promise<void> {
  return openForm(click, () => ({}))
}

async function openForm(
  click: Click,
  edited: (published: PublishedSegment) => Pick<Parameters<typeof segmentModal>[1], 'edited'>
): Promise<void> {
  const { locale } = click.staff
  const texts = TEXTS[locale]
  const published = await findSegment(click.scope.db.prisma, click.value)
  if (!published) return click.whisper(texts.unknown(escapeMrkdwn(click.value)))
  const text = yamlOf(published.segment)
  if (text === undefined) return click.whisper(texts.faults.tooLong)
  await click.openModal(segmentModal(locale, { text, ...edited(published) }))
}

async function end(click: Click): Promise<void> {
  const { staff, scope } = click
  const published = await findSegment(scope.db.prisma, click.value)
  const texts = TEXTS[staff.locale]
  const ended =
    published?.isTeams &&
    (await click.perform(click.cause, (work) => endSegment(work, { id: click.value, by: staff.id })))
  if (!published || !ended) return click.whisper(texts.unknown(escapeMrkdwn(click.value)))
  await click.whisper(texts.ended(escapeMrkdwn(published.segment.name[staff.locale])))
}

async function save(turn: Submission): Promise<FieldErrors | undefined> {
  const { id: by, locale } = turn.staff
  const texts = TEXTS[locale]
  const told = turn.values[FIELD]
  const read = readSegment(typeof told === 'string' ? told : '', locale)
  if ('fault' in read) return { [FIELD]: read.fault }
  const { segment } = read
  const edited = editedOf(turn.privateMetadata)
  const saved = await turn.perform(turn.cause, (work) => saveSegment(work, { segment, edited, by }))
  if (saved.ok) {
    await turn.whisper(texts.saved(escapeMrkdwn(segment.name[locale])))
    // It is published: what goes wrong from here on must not read like a refusal.
    await show(turn, segment.id).catch((error: unknown) =>
      turn.scope.log.warn('A saved segment was not shown', { error })
    )
    return undefined
  }
  const faults = {
    id_taken: () => texts.faults.idTaken(saved.kind === 'id_taken' && saved.isFiles),
    id_changed: () => texts.faults.idChanged(edited?.id ?? ''),
    changed_meanwhile: () => texts.faults.changedMeanwhile,
    unfit: () => (saved.kind === 'unfit' ? saved.message : '')
  }
  return { [FIELD]: faults[saved.kind]() }
}

function readerOf({ staff: { locale, role }, config: { timeZone } }: StaffTurn): Reader {
  return { locale, role, timeZone }
}
