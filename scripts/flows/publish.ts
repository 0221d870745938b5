import { loadConfig, unsetOf } from '../../src/config.ts'
import { checkFiles, faultLine, publishFiles } from '../../src/features/definitions/index.ts'
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openKeyRing } from '../../src/platform/db/key-ring.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { createLog } from '../../src/platform/log.ts'
import { KINDS, nothingTakes, readFiles, shownPath } from './definition-files.ts'
import { type Command, readArguments, resultText, UsageError } from './usage.ts'

export const publishCommand: Command = {
  usage: 'publish [file…]',
  about: 'puts the files into force, all of flows/ when none is named',
  help: `
All of them or, when one has a fault, none. Customers inside a survey go on in the version they began with.
A survey whose file is gone is retired when all of flows/ is published. The server may go on meanwhile; it also
publishes flows/ by itself when it starts.
`,
  async run(args, out) {
    const { json, rest } = readArguments(args)
    const files = readFiles(rest)
    const { ignored } = checkFiles(KINDS, files)
    if (rest.length > 0 && ignored.length > 0) throw new UsageError(nothingTakes(ignored))
    const config = loadConfig(process.env)
    const log = createLog()
    const db = await openDatabase(config, fieldCipher(openKeyRing(config, log)), { log, door: 'visitor' })
    try {
      const result = await publishFiles(db, {
        kinds: KINDS,
        files,
        at: new Date(),
        whole: rest.length === 0,
        unset: unsetOf(config)
      })
      if (!result.ok) {
        const faults = result.faults.map((fault) => ({ ...fault, path: shownPath(fault.path) }))
        out(resultText(json, { ok: false, faults }, [...faults.map(faultLine), 'Nothing was published.']))
        return 1
      }
      const { published, retired } = result.value
      const lines = published.map(
        ({ path, kind, key, version, changed }) =>
          `${changed ? 'new  ' : 'same '} ${shownPath(path)} (${kind} ${key}, version ${version})`
      )
      out(resultText(json, { ok: true, ...result.value }, [...lines, ...retired.map((name) => `gone  ${name}`)]))
      return 0
    } finally {
      await db.close()
    }
  }
}
