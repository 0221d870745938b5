import { openStore } from './open-store.ts'
import { runImport } from './transfer/run-import.ts'

process.exitCode = await runImport(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  now: () => new Date(),
  open: openStore
})
