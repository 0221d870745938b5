import { openStore } from './open-store.ts'
import { runSegments } from './segments/run-segments.ts'

process.exitCode = await runSegments(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  open: openStore
})
