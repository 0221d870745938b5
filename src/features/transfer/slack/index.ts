import type { Click, FieldErrors, SlackHandlers, Submission } from '../../../platform/slack/index.ts'
import { KINDS } from '../rules/fields.ts'
import { formFault } from '../rules/upload.ts'
import { findUpload } from '../store/uploads.ts'
import { RECORD_TYPE } from '../upload/announce.ts'
import { beginUpload } from '../upload/begin-upload.ts'
import { decideUpload } from '../upload/decide-upload.ts'
import { uploadCard } from './card.ts'
import { exportHandlers } from './export.ts'
import { ACTION, FIELD } from './ids.ts'
import { bringModal, faultsModal } from './modals.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

/** How managers bring files in, and decide about them, and how they take data out. */
export const slackHandlers: SlackHandlers = {
  verbs: {
    ...exportHandlers.verbs,
    import: {
      role: 'manager',
      help: { ja: STAFF_TEXTS.ja.help, en: STAFF_TEXTS.en.help },
      run: (command) => command.openModal(bringModal(command.staff.locale))
    }
  },
  submissions: { ...exportHandlers.submissions, [ACTION.bring]: { role: 'manager', run: bring } },
  actions: {
    [ACTION.take]: { role: 'manager', run: (click) => decide(click, true) },
    [ACTION.leave]: { role: 'manager', run: (click) => decide(click, false) },
    [ACTION.faults]: { role: 'manager', run: showFaults }
  },
  cards: { [RECORD_TYPE]: ({ scope }, id) => uploadCard(scope.db, id) }
}

async function bring(turn: Submission): Promise<FieldErrors | undefined> {
  const [file] = turn.files[FIELD.file] ?? []
  const fault = formFault(file)
  if (fault || !file) return { [FIELD.file]: STAFF_TEXTS[turn.staff.locale].faults[fault ?? 'none'] }
  const kind = KINDS.find((each) => each === turn.values[FIELD.kind]) ?? 'customers'
  await turn.perform(turn.cause, (work) =>
    beginUpload(work, { kind, fileId: file.id, name: file.name, by: turn.staff.id })
  )
  return undefined
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function decide(click: Click, take: boolean): Promise<void> {
  const { refused } = STAFF_TEXTS[click.staff.locale]
  if (!UUID.test(click.value)) return click.whisper(refused({ kind: 'gone' }))
  const fault = await click.perform(click.cause, (work) =>
    decideUpload(work, { id: click.value, by: click.staff.id, take })
  )
  if (fault) await click.whisper(refused(fault))
}

async function showFaults(click: Click): Promise<void> {
  const { db } = click.scope
  const upload = UUID.test(click.value) ? await findUpload(db.prisma, db.cipher, click.value) : undefined
  if (!upload) return click.whisper(STAFF_TEXTS[click.staff.locale].refused({ kind: 'gone' }))
  await click.openModal(faultsModal(upload, click.staff.locale))
}
