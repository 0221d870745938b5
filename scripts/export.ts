import { openStore } from './open-store.ts'
import { runExport } from './transfer/run-export.ts'

process.exitCode = await runExport(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  now: () => new Date(),
  open: openStore
})
