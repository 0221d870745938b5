import { checkCommand } from './check.ts'
import { diagramCommand } from './diagram.ts'
import { diffCommand } from './diff.ts'
import { migrateCommand } from './migrate.ts'
import { publishCommand } from './publish.ts'
import { routeCommand } from './route.ts'
import { schemaCommand } from './schema.ts'
import { simulateCommand } from './simulate.ts'
import { type Command, type Out, UsageError } from './usage.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  check: checkCommand,
  diff: diffCommand,
  publish: publishCommand,
  migrate: migrateCommand,
  diagram: diagramCommand,
  simulate: simulateCommand,
  route: routeCommand,
  schema: schemaCommand
}

const HELP = `npm run flows -- <command>

What a shop edits under flows/: surveys, scenarios, the stamp card, the shops.

${Object.values(COMMANDS)
  .map(({ usage, about }) => `  ${usage.padEnd(42)} ${about}`)
  .join('\n')}

  --json      answers as JSON, for machines
  --help      more about one command

Exit code: 0 good, 1 faults found or not done, 2 not understood.
`

/** Runs one command; the exit code. Throws a UsageError when the command line is not understood. */
export async function runFlows([name = '', ...rest]: readonly string[], out: Out): Promise<number> {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    out(HELP)
    return name === '' ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new UsageError(`There is no command "${name}".`)
  if (rest.includes('--help') || rest.includes('-h')) {
    out(`npm run flows -- ${command.usage}\n\n${command.about}\n${command.help ?? ''}`)
    return 0
  }
  return command.run(rest, out)
}
