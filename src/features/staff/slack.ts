import { type Command, escapeMrkdwn, mentionOf, type SlackHandlers, section } from '../../platform/slack/index.ts'
import { checkStaff, type StaffDeps } from './check-staff.ts'
import { roleOf, type Setting } from './rules/role.ts'
import { parseStaffCommand } from './rules/staff-command.ts'
import { setRole } from './set-role.ts'
import { listStaff, type StaffRecord } from './store.ts'
import { TEXTS } from './texts.ts'

/** One message holds about this many lines of staff. */
const SHOWN = 40

/** "/matane staff": who may do what, and for managers a way to change it. */
export function slackHandlers(deps: StaffDeps): SlackHandlers {
  return {
    verbs: {
      staff: {
        role: 'viewer',
        help: { ja: TEXTS.ja.help, en: TEXTS.en.help },
        run: (turn) => run(turn, deps)
      }
    }
  }
}

async function run(turn: Command, deps: StaffDeps): Promise<void> {
  const texts = TEXTS[turn.staff.locale]
  const command = parseStaffCommand(turn.text)
  if (!command) return turn.whisper(texts.usage)
  if (command.kind === 'list') return list(turn, deps)
  if (turn.staff.role !== 'manager') return turn.whisper(texts.managersOnly)
  await set(turn, deps, command)
}

/** Checks the members of the alert channel first, so that the list is not empty on the first day. */
async function list(turn: Command, deps: StaffDeps): Promise<void> {
  const { prisma } = turn.scope.db
  const known = new Set((await listStaff(prisma)).map(({ id }) => id))
  const unknown = [...(await deps.directory.alertChannelMembers())].filter((id) => !known.has(id))
  for (const id of unknown.slice(0, SHOWN)) await checkStaff(turn.scope, deps, id)
  const texts = TEXTS[turn.staff.locale]
  await turn.whisper(texts.title, [section(staffList(await listStaff(prisma), turn.staff.locale))])
}

/** The list as mrkdwn, the first forty by role. */
function staffList(records: readonly StaffRecord[], locale: keyof typeof TEXTS): string {
  const texts = TEXTS[locale]
  const lines = records.slice(0, SHOWN).map(({ name, role, roleSetBy }) => {
    const why = roleSetBy ? texts.byHand(mentionOf(roleSetBy)) : texts.bySlack
    return `• ${escapeMrkdwn(name)} — *${texts.roles[role]}* (${why})`
  })
  const hidden = records.length - SHOWN
  return [
    `*${texts.title}*`,
    ...(lines.length > 0 ? lines : [texts.nobody]),
    ...(hidden > 0 ? [texts.more(hidden)] : [])
  ].join('\n')
}

async function set(turn: Command, deps: StaffDeps, { userId, setting }: { userId: string; setting: Setting }) {
  const texts = TEXTS[turn.staff.locale]
  const target = await checkStaff(turn.scope, deps, userId)
  if ('denied' in target) return turn.whisper(texts.notAFullMember[target.denied])
  const fromSlack = await slackRole(deps, userId)
  const done = await turn.perform(turn.cause, (work) =>
    setRole(work, { target, fromSlack, setting, by: turn.staff.id })
  )
  if (!done.ok) return turn.whisper(done.kind === 'last_manager' ? texts.lastManager : texts.managersOnly)
  await turn.whisper(texts.changed(mentionOf(userId), texts.roles[done.value.role]))
}

async function slackRole({ directory }: StaffDeps, userId: string) {
  const [self, user, members] = await Promise.all([
    directory.self(),
    directory.user(userId),
    directory.alertChannelMembers()
  ])
  if (!user) return 'viewer'
  return roleOf(user, { ourTeamId: self.teamId, inAlertChannel: members.has(userId) })
}
