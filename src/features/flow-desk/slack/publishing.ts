import { stringify } from 'yaml'
import { unsetOf } from '../../../config.ts'
import { escapeMrkdwn, type FieldErrors, type StaffTurn, type Submission } from '../../../platform/slack/index.ts'
import { byId, publishEdit, versionsOf } from '../../definitions/index.ts'
import { flowDefinitions } from '../../flows/index.ts'
import { EDIT_TEXTS } from '../edit-texts.ts'
import { FIRST_FIELD, type Seen, seenIn, VERSION_FIELD, writtenIn } from './forms.ts'

/** How many versions back one can go. */
export const VERSIONS_BACK = 20

/** Publishes what a manager wrote, over the version they saw. */
export async function save(turn: Submission): Promise<FieldErrors | undefined> {
  const fault = await publish(turn, { text: writtenIn(turn.values), over: seenIn(turn.privateMetadata) })
  return fault === undefined ? undefined : { [FIRST_FIELD]: fault }
}

/** Brings an older version into force again, as a version of its own: whoever is inside stays in theirs. */
export async function rollBack(turn: Submission): Promise<FieldErrors | undefined> {
  const chosen = turn.values[VERSION_FIELD]
  const over = seenIn(turn.privateMetadata)
  const older = over && (await versionChosen(turn, over, chosen))
  if (!older) return { [VERSION_FIELD]: EDIT_TEXTS[turn.staff.locale].back.nothing }
  const fault = await publish(turn, { text: stringify(older.body, { lineWidth: 0 }), over })
  return fault === undefined ? undefined : { [VERSION_FIELD]: fault }
}

async function versionChosen({ scope: { db } }: Submission, { kind, key }: Seen, chosen: unknown) {
  const past = await versionsOf(db.prisma, kind, { key, limit: VERSIONS_BACK })
  const known = past.find(({ id }) => id === chosen)
  return known && byId(db.prisma, known.id)
}

/** Faults shown at once: more would not be read. */
const FAULTS_SHOWN = 5

async function publish(
  turn: StaffTurn,
  { text, over }: { text: string; over: Seen | undefined }
): Promise<string | undefined> {
  const { scope, staff } = turn
  const texts = EDIT_TEXTS[staff.locale]
  const kinds = flowDefinitions
  const file = { path: /^\s*kind:\s*["']?scenario/m.test(text) ? 'scenarios/slack.yaml' : 'surveys/slack.yaml', text }
  const result = await publishEdit(scope.db, {
    kinds,
    file,
    at: scope.now(),
    unset: unsetOf(turn.config),
    over,
    by: staff.id
  })
  if (result.ok) {
    const { key, version, changed } = result.value
    await turn.whisper(changed ? texts.published(escapeMrkdwn(key), version) : texts.same(escapeMrkdwn(key)))
    return undefined
  }
  if (result.kind !== 'faults') return texts.faults[result.kind]
  const lines = result.faults.slice(0, FAULTS_SHOWN).map(({ line, message }) => texts.at(line, message))
  const hidden = result.faults.length - FAULTS_SHOWN
  return [...lines, ...(hidden > 0 ? [texts.moreFaults(hidden)] : [])].join('\n')
}
