import { runAsk } from './ask/run-ask.ts'
import { openStore } from './open-store.ts'

process.exitCode = await runAsk(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  open: openStore
})
