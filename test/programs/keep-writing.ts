/** Opens the embedded database of a folder and writes for ever; prints the number of each row after its commit. */
import { fieldCipher } from '../../src/platform/db/index.ts'
import { openDatabase } from '../../src/platform/db/open.ts'

const [dataDir = ''] = process.argv.slice(2)
try {
  const cipher = fieldCipher([{ id: 'test', bytes: new Uint8Array(32).fill(7) }])
  const db = await openDatabase({ dataDir }, cipher, { door: 'host' })
  process.stdout.write('ready\n')
  for (let row = 0; row < 1_000_000; row++) {
    await db.query('INSERT INTO setting (key, value) VALUES ($1, $2)', [`${process.pid}:${row}`, 'x'.repeat(100)])
    process.stdout.write(`${process.pid}:${row}\n`)
  }
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
