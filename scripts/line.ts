import { runLine } from './line/run-line.ts'
import { openStore } from './open-store.ts'

process.exitCode = await runLine(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  open: openStore,
  err: (text) => void process.stderr.write(`${text}\n`)
})
