/** npm run doctor: checks a real LINE and Slack set-up, and says how to mend what is wrong. */
import { parseArgs } from 'node:util'
import { examine } from './doctor/examine.ts'
import { report } from './doctor/finding.ts'

const HELP = `npm run doctor [-- --json]

Checks the settings (.env), the data folder with its disk, keys and database, the server through PUBLIC_URL, the LINE
channel (token, account, webhook, quota), the Slack app (token, scopes, alert channel), the webhooks of shops and payment
services and the write keys, and says how to mend what is wrong. Start the server first. Nothing is changed or sent
to anybody; LINE sends one test request to the webhook. Exit code 1 when something must be mended.`

const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
if (values.help) process.stdout.write(`${HELP}\n`)
else {
  const findings = await examine(process.env)
  const ok = findings.every(({ level }) => level !== 'problem')
  process.stdout.write(`${values.json ? JSON.stringify({ ok, findings }) : report(findings)}\n`)
  process.exitCode = ok ? 0 : 1
}
