import { runFlows } from './flows/run-flows.ts'
import { UsageError } from './flows/usage.ts'

try {
  process.exitCode = await runFlows(process.argv.slice(2), (text) => process.stdout.write(text))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof UsageError) process.stderr.write('See npm run flows -- --help\n')
  process.exitCode = error instanceof UsageError ? 2 : 1
}
