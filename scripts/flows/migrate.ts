import { loadConfig } from '../../src/config.ts'
import { type MigrationPlan, migrateRuns, planMigration } from '../../src/features/flows/index.ts'
import { openStore } from '../open-store.ts'
import { type Command, readArguments, resultText, UsageError } from './usage.ts'

export const migrateCommand: Command = {
  usage: 'migrate <flow> [old=new…] [--dry-run]',
  about: 'moves customers who wait in older versions to the one in force',
  help: `
Without it everybody ends in the version they began with, which is safe. "old=new" says where those who wait at the step
old of an older version go on waiting, at a step of the same kind; a step that is not named is left alone. The server may
run meanwhile; whoever goes on in this moment stays in their version.

  npm run flows -- migrate nps                          shows who waits where
  npm run flows -- migrate nps reason=why --dry-run     shows what that would do
  npm run flows -- migrate nps reason=why
`,
  async run(args, out) {
    const { json, options, rest } = readArguments<'dry-run'>(args, [], ['dry-run'])
    const [flow, ...moves] = rest
    if (!flow) throw new UsageError('Name a survey or scenario.')
    const db = await openStore(loadConfig(process.env))
    try {
      const planned = await planMigration(db.prisma, flow, stepsOf(moves))
      if (!planned.ok) {
        const faults =
          planned.kind === 'bad_moves'
            ? planned.faults.map(({ step, to, message }) => `${step}=${to}: ${message}`)
            : [`There is no survey or scenario "${flow}" in force.`]
        out(resultText(json, { ok: false, faults }, [...faults, 'Nobody was moved.']))
        return 1
      }
      const isTry = options['dry-run'] !== undefined || moves.length === 0
      const moved = isTry ? undefined : await migrateRuns(db, planned.value)
      out(resultText(json, { ok: true, ...planned.value, moved: moved ?? 0 }, linesOf(planned.value, moved)))
      return 0
    } finally {
      await db.close()
    }
  }
}

function stepsOf(moves: readonly string[]): Map<string, string> {
  const pairs = moves.map((move): [string, string] => {
    const [, from, to] = /^([^=\s]+)=([^=\s]+)$/.exec(move) ?? []
    if (!from || !to) throw new UsageError(`"${move}" is no move: write old=new, two steps.`)
    return [from, to]
  })
  return new Map(pairs)
}

function linesOf({ flow, version, moves }: MigrationPlan, moved: number | undefined): string[] {
  if (moves.length === 0) return [`Nobody waits in an older version of ${flow}: version ${version} is in force.`]
  const lines = moves.map(({ version: older, step, people, to }) => {
    const where = `version ${older}, step ${step}: ${people}`
    return to === undefined ? `stay  ${where}` : `move  ${where} → version ${version}, step ${to}`
  })
  return [...lines, moved === undefined ? 'Nobody was moved: this is what would be done.' : `Moved ${moved}.`]
}
